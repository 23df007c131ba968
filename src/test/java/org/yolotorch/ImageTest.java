// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yolotorch.support.Pictures;

class ImageTest {
  private static final int RED = 10;
  private static final int GREEN = 150;
  private static final int BLUE = 250;

  private static byte[] pixel(PixelFormat format) {
    byte[] bytes = new byte[format.bytesPerPixel()];
    java.util.Arrays.fill(bytes, (byte) 99);
    PixelFormat.Offsets offsets = format.offsets();
    bytes[offsets.red()] = RED;
    bytes[offsets.green()] = (byte) GREEN;
    bytes[offsets.blue()] = (byte) BLUE;
    return bytes;
  }

  @ParameterizedTest
  @EnumSource(value = PixelFormat.class, mode = EnumSource.Mode.EXCLUDE, names = "CHANNELS")
  void everyFormatKeepsItsColours(PixelFormat format) {
    byte[] pixel = pixel(format);
    int rowBytes = 2 * pixel.length + 5;
    ByteBuffer buffer = ByteBuffer.allocateDirect(3 + rowBytes + 2 * pixel.length);
    for (int y = 0; y < 2; y++) {
      for (int x = 0; x < 2; x++) {
        buffer.put(3 + y * rowBytes + x * pixel.length, pixel);
      }
    }
    buffer.position(3);
    Image image = Image.of(buffer, 2, 2, format, rowBytes);
    byte blue = (byte) BLUE;
    byte[] expected = new byte[12];
    for (int i = 0; i < 12; i += 3) {
      expected[i] = blue;
      expected[i + 1] = format == PixelFormat.GRAY ? blue : (byte) GREEN;
      expected[i + 2] = format == PixelFormat.GRAY ? blue : (byte) RED;
    }
    assertArrayEquals(expected, Pictures.bgr(image));
    assertEquals(3, buffer.position());
  }

  @Test
  void directBuffersAreSharedAndHeapBuffersCopied() {
    ByteBuffer direct = ByteBuffer.allocateDirect(3);
    Image shared = Image.of(direct, 1, 1, PixelFormat.BGR);
    direct.put(0, (byte) 77);
    assertEquals(77, Pictures.bgr(shared)[0]);
    ByteBuffer heap = ByteBuffer.allocate(3);
    Image copied = Image.of(heap, 1, 1, PixelFormat.BGR);
    heap.put(0, (byte) 77);
    assertEquals(0, Pictures.bgr(copied)[0]);
    assertTrue(copied.pixels().isDirect());
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        BufferedImage.TYPE_INT_RGB,
        BufferedImage.TYPE_INT_ARGB,
        BufferedImage.TYPE_INT_ARGB_PRE,
        BufferedImage.TYPE_INT_BGR,
        BufferedImage.TYPE_3BYTE_BGR,
        BufferedImage.TYPE_4BYTE_ABGR,
        BufferedImage.TYPE_4BYTE_ABGR_PRE
      })
  void bufferedImagesOfEveryTypeGiveTheSamePixels(int type) {
    BufferedImage source = new BufferedImage(3, 2, type);
    for (int i = 0; i < 6; i++) {
      source.setRGB(i % 3, i / 3, 0xFF000000 | (i * 40) << 16 | (255 - i) << 8 | i);
    }
    byte[] bgr = Pictures.bgr(Image.of(source));
    byte[] part = Pictures.bgr(Image.of(source.getSubimage(1, 1, 2, 1)));
    for (int i = 0; i < 6; i++) {
      assertArrayEquals(
          new byte[] {(byte) i, (byte) (255 - i), (byte) (i * 40)},
          java.util.Arrays.copyOfRange(bgr, i * 3, i * 3 + 3));
    }
    assertArrayEquals(java.util.Arrays.copyOfRange(bgr, 12, 18), part);
  }

  @Test
  void greyIsRepeatedAsStored() {
    BufferedImage grey = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY);
    grey.getRaster().setSample(0, 0, 0, 128);
    assertArrayEquals(new byte[] {-128, -128, -128}, Pictures.bgr(Image.of(grey)));
    BufferedImage deep = new BufferedImage(1, 1, BufferedImage.TYPE_USHORT_GRAY);
    deep.getRaster().setSample(0, 0, 0, 0x81FF);
    assertArrayEquals(new byte[] {-127, -127, -127}, Pictures.bgr(Image.of(deep)));
  }

  @Test
  void alphaIsDroppedNotBlended() {
    BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 0x01_0A_0B_0C);
    assertArrayEquals(new byte[] {12, 11, 10}, Pictures.bgr(Image.of(image)));
  }

  @Test
  void wrongSizesAreRefused() {
    ByteBuffer buffer = ByteBuffer.allocateDirect(12);
    assertThrows(YoloException.InvalidImage.class, () -> Image.of(buffer, 0, 1, PixelFormat.BGR));
    assertThrows(
        YoloException.InvalidImage.class, () -> Image.of(buffer, 32_769, 1, PixelFormat.BGR));
    assertThrows(
        YoloException.InvalidImage.class, () -> Image.of(buffer, 30_000, 30_000, PixelFormat.BGR));
    assertThrows(
        YoloException.InvalidArgument.class, () -> Image.of(buffer, 3, 2, PixelFormat.BGR));
    assertThrows(
        YoloException.InvalidArgument.class, () -> Image.of(buffer, 2, 2, PixelFormat.BGR, 5));
  }
}
