// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yolotorch.Image;
import org.yolotorch.ImageLimits;
import org.yolotorch.YoloException;
import org.yolotorch.support.Mutants;

class ImageLimitsTest {
  private static final byte[] PNG = png(BufferedImage.TYPE_3BYTE_BGR);

  @TempDir Path folder;

  private static byte[] png(int type) {
    try {
      return Mutants.encode(Mutants.picture(type), "png", null, false);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Image read(byte[] bytes, ImageLimits limits) throws IOException {
    return Image.read(new ByteArrayInputStream(bytes), limits);
  }

  private static String refusal(byte[] bytes, ImageLimits limits) {
    return assertThrows(YoloException.InvalidImage.class, () -> read(bytes, limits)).getMessage();
  }

  @Test
  void defaultsAreThoseOfImage() {
    ImageLimits limits = ImageLimits.defaults();
    assertEquals(limits, ImageLimits.builder().build());
    assertEquals(new ImageLimits(64 << 20, 100_000_000, 32_768, Duration.ofSeconds(10)), limits);
    assertEquals(Image.MAX_FILE_BYTES, limits.maxFileBytes());
    assertEquals(Image.MAX_PIXELS, limits.maxPixels());
    assertEquals(Image.MAX_SIDE, limits.maxSide());
    // Three bytes a pixel must fit into an array.
    assertTrue(ImageLimits.MAX_PIXELS <= (Integer.MAX_VALUE - 8) / 3);
  }

  @Test
  void eachLimitDecidesAlone() throws IOException {
    ImageLimits.Builder exact =
        ImageLimits.builder().maxFileBytes(PNG.length).maxPixels(48 * 40).maxSide(48);
    assertEquals(48, read(PNG, exact.build()).width());
    String pixels = refusal(PNG, ImageLimits.builder().maxPixels(48 * 40 - 1).build());
    assertTrue(pixels.contains("at most 1919 pixels, but the stream is 48x40"), pixels);
    String side = refusal(PNG, ImageLimits.builder().maxSide(47).build());
    assertTrue(side.contains("sides from 1 to 47 and at most 100 million"), side);
    ImageLimits shorter = ImageLimits.builder().maxFileBytes(PNG.length - 1).build();
    String bytes = refusal(PNG, shorter);
    assertTrue(bytes.contains("at most " + (PNG.length - 1) + " bytes"), bytes);
    Path file = Files.write(folder.resolve("a.png"), PNG);
    assertEquals(48, Image.read(file, exact.build()).width());
    assertThrows(YoloException.InvalidImage.class, () -> Image.read(file, shorter));
    assertEquals(40_000, read(wide(), ImageLimits.builder().maxSide(40_000).build()).width());
    assertTrue(refusal(wide(), ImageLimits.defaults()).contains("40000x1"));
  }

  private static byte[] wide() throws IOException {
    BufferedImage image = new BufferedImage(40_000, 1, BufferedImage.TYPE_BYTE_GRAY);
    return Mutants.encode(image, "png", null, false);
  }

  @Test
  void limitsHaveRanges() {
    for (int wrong : new int[] {0, -1, Integer.MAX_VALUE}) {
      ImageLimits.Builder builder = ImageLimits.builder();
      for (ImageLimits.Builder one :
          List.of(
              ImageLimits.builder().maxFileBytes(wrong),
              ImageLimits.builder().maxPixels(wrong),
              ImageLimits.builder().maxSide(wrong),
              builder.decodeTime(Duration.ofSeconds(wrong)))) {
        assertThrows(YoloException.InvalidArgument.class, one::build);
      }
    }
    assertThrows(NullPointerException.class, () -> ImageLimits.builder().decodeTime(null).build());
  }

  @Test
  void slowColoursAreStopped() {
    // Floating-point samples are converted one by one, in Java.
    ComponentColorModel colors =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_CIEXYZ), false, false, 1, DataBuffer.TYPE_FLOAT);
    BufferedImage image =
        new BufferedImage(colors, colors.createCompatibleWritableRaster(500, 500), false, null);
    // The time is over at the third row.
    AtomicLong now = new AtomicLong();
    TimeLimit three = new TimeLimit("it", Duration.ofNanos(3), now::getAndIncrement);
    assertThrows(YoloException.InvalidImage.class, () -> Pixels.bgr(image, three));
    assertEquals(4, now.get());
  }

  @Test
  void pngLosesWhatMakesNoPixels() throws IOException {
    byte[] palette = png(BufferedImage.TYPE_BYTE_INDEXED);
    ByteBuffer text = ByteBuffer.allocate(palette.length + 1_012);
    text.put(palette, 0, 33).putInt(1_000).put("zTXt".getBytes()).put(new byte[1_004]);
    byte[] bytes = text.put(palette, 33, palette.length - 33).array();
    assertEquals(palette.length, PngFile.compact(bytes).length());
    assertArrayEquals(palette, Arrays.copyOf(bytes, palette.length));
    // A chunk that says it is larger than the file ends it.
    ByteBuffer.wrap(palette).putInt(33, Integer.MAX_VALUE);
    assertEquals(33, PngFile.compact(palette).length());
  }

  @Test
  void bmpAroundAnotherPictureIsRefused() throws IOException {
    byte[] bmp = Mutants.encode(Mutants.picture(BufferedImage.TYPE_3BYTE_BGR), "bmp", null, false);
    ByteBuffer.wrap(bmp).order(ByteOrder.LITTLE_ENDIAN).putInt(30, 5);
    assertTrue(refusal(bmp, ImageLimits.defaults()).contains("wraps a PNG"));
  }

  @Test
  void hostileExifIsIgnored() {
    byte[] tiff =
        ByteBuffer.allocate(26)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(new byte[] {'I', 'I', 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, 6, 0})
            .array();
    assertEquals(6, Orientation.of(tiff, 0, tiff.length));
    ByteBuffer buffer = ByteBuffer.wrap(tiff).order(ByteOrder.LITTLE_ENDIAN);
    // A directory behind the end, at the very end, before the start, and on the header.
    for (int place : new int[] {Integer.MAX_VALUE, 25, 26, -1, Integer.MIN_VALUE, 0}) {
      assertEquals(1, Orientation.of(buffer.putInt(4, place).array(), 0, tiff.length));
    }
    // More entries than there are bytes.
    buffer.putInt(4, 8).putShort(8, (short) 0xFFFF).putShort(10, (short) 0);
    assertEquals(1, Orientation.of(tiff, 0, tiff.length));
    for (int length = 0; length < tiff.length; length++) {
      assertEquals(1, Orientation.of(tiff, 0, length));
    }
    Random random = new Random(5);
    for (int i = 0; i < 100_000; i++) {
      random.nextBytes(tiff);
      buffer.put(0, new byte[] {'I', 'I', 42, 0}).putInt(4, random.nextInt(30));
      int orientation = Orientation.of(tiff, 0, random.nextInt(tiff.length + 1));
      assertTrue(orientation >= 1 && orientation <= 8);
    }
  }
}
