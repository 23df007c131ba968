// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Dimension;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yolotorch.Image;
import org.yolotorch.YoloException;
import org.yolotorch.support.Assets;
import org.yolotorch.support.Pictures;

class ImageDecoderTest {
  @TempDir Path folder;

  private static byte[] encode(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertTrue(ImageIO.write(image, format, out));
    return out.toByteArray();
  }

  private static Image decode(byte[] bytes) throws IOException {
    return Image.read(new ByteArrayInputStream(bytes));
  }

  private static void refused(String part, byte[] bytes) {
    YoloException error = assertThrows(YoloException.InvalidImage.class, () -> decode(bytes));
    assertTrue(error.getMessage().contains(part), error.getMessage());
  }

  /** The lower left quarter is red, the lower right blue, the upper left white. */
  private static BufferedImage quarters() {
    BufferedImage image = new BufferedImage(64, 32, BufferedImage.TYPE_3BYTE_BGR);
    for (int y = 0; y < 32; y++) {
      for (int x = 0; x < 64; x++) {
        int upper = x < 32 ? 0xFFFFFF : 0x000000;
        image.setRGB(x, y, y < 16 ? upper : x < 32 ? 0xFF0000 : 0x0000FF);
      }
    }
    return image;
  }

  private static char corner(Image image, boolean right, boolean bottom) {
    int rgb =
        image
            .toBufferedImage()
            .getRGB(right ? image.width() - 4 : 4, bottom ? image.height() - 4 : 4);
    boolean red = (rgb >> 16 & 255) > 128;
    boolean blue = (rgb & 255) > 128;
    return red && blue ? 'w' : red ? 'r' : blue ? 'b' : 'k';
  }

  /** Corners of the upright picture: upper left, upper right, lower left, lower right. */
  @ParameterizedTest
  @CsvSource({
    "1, wkrb", "2, kwbr", "3, brkw", "4, rbwk", "5, wrkb", "6, rwbk", "7, bkrw", "8, kbwr"
  })
  void exifOrientationIsApplied(int orientation, String corners) throws IOException {
    Image image = decode(Pictures.jpegWithExif(encode(quarters(), "jpg"), orientation));
    assertEquals(orientation < 5 ? 64 : 32, image.width());
    assertEquals(orientation < 5 ? 32 : 64, image.height());
    StringBuilder seen = new StringBuilder();
    seen.append(corner(image, false, false)).append(corner(image, true, false));
    seen.append(corner(image, false, true)).append(corner(image, true, true));
    assertEquals(corners, seen.toString());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 6})
  void theHeaderAloneTellsTheSize(int orientation) throws IOException {
    byte[] jpeg = Pictures.jpegWithExif(encode(quarters(), "jpg"), orientation);
    // Its pixels are cut off.
    Path file = Files.write(folder.resolve("cut.jpg"), Arrays.copyOf(jpeg, jpeg.length - 30));
    assertThrows(YoloException.InvalidImage.class, () -> Image.read(file));
    assertEquals(
        orientation == 1 ? new Dimension(64, 32) : new Dimension(32, 64), Image.sizeOf(file));
    Files.write(file, new byte[] {1, 2, 3});
    assertThrows(YoloException.InvalidImage.class, () -> Image.sizeOf(file));
    Files.delete(file);
    assertThrows(YoloException.NotFound.class, () -> Image.sizeOf(file));
  }

  @Test
  void exifOrientationOfPngIsApplied() throws IOException {
    byte[] body = ByteBuffer.allocate(30).put("eXIf".getBytes()).put(Pictures.exif(6)).array();
    CRC32 crc = new CRC32();
    crc.update(body);
    byte[] chunk =
        ByteBuffer.allocate(38).putInt(26).put(body).putInt((int) crc.getValue()).array();
    Image image = decode(Pictures.insert(encode(quarters(), "png"), 33, chunk));
    assertEquals(32, image.width());
    assertEquals('r', corner(image, false, false));
  }

  @Test
  void orientationOfTiffIsApplied() throws IOException {
    byte[] tiff = encode(quarters(), "tiff");
    ByteBuffer bytes = ByteBuffer.wrap(tiff);
    bytes.order(tiff[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    // The tag of the compression (1, none) makes room: a reader takes none where it is missing.
    int entry = bytes.getInt(4) + 2;
    while (bytes.getShort(entry) != 0x103) {
      entry += 12;
    }
    bytes.putShort(entry, (short) 0x112).putShort(entry + 8, (short) 6);
    Image image = decode(tiff);
    assertEquals(32, image.width());
    assertEquals('r', corner(image, false, false));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 9, 700})
  void senselessOrientationIsIgnored(int orientation) throws IOException {
    assertEquals(64, decode(Pictures.jpegWithExif(encode(quarters(), "jpg"), orientation)).width());
  }

  @Test
  void jpegPixelsAreThoseOfOpenCv() throws IOException {
    for (String name : new String[] {"bus", "zidane"}) {
      BufferedImage expected =
          ImageIO.read(Assets.get("expected/resize/" + name + ".src.png").toFile());
      Image image = Image.read(Assets.picture(name + ".jpg"));
      assertEquals(Assets.picture(name + ".jpg"), image.source().orElseThrow());
      assertArrayEquals(Pictures.bgr(Image.of(expected)), Pictures.bgr(image));
    }
  }

  @Test
  void colourProfileDoesNotChangePixels() throws IOException {
    byte[] jpeg = encode(quarters(), "jpg");
    byte[] profile =
        java.awt.color.ICC_Profile.getInstance(java.awt.color.ColorSpace.CS_LINEAR_RGB).getData();
    byte[] segment =
        ByteBuffer.allocate(18 + profile.length)
            .put(new byte[] {(byte) 0xFF, (byte) 0xE2})
            .putShort((short) (16 + profile.length))
            .put("ICC_PROFILE\0".getBytes())
            .put(new byte[] {1, 1})
            .put(profile)
            .array();
    byte[] tagged = Pictures.insert(jpeg, 20, segment);
    assertArrayEquals(Pictures.bgr(decode(jpeg)), Pictures.bgr(decode(tagged)));
  }

  @Test
  void jpegWithoutMarkersIsYcc() throws IOException {
    byte[] jpeg = encode(quarters(), "jpg");
    // The JFIF marker is the first segment: 18 bytes behind the start marker.
    byte[] bare =
        Pictures.insert(Arrays.copyOf(jpeg, 2), 2, Arrays.copyOfRange(jpeg, 20, jpeg.length));
    assertArrayEquals(Pictures.bgr(decode(jpeg)), Pictures.bgr(decode(bare)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp", "tiff", "gif"})
  void losslessFormatsKeepEveryPixel(String format) throws IOException {
    BufferedImage image = quarters();
    assertArrayEquals(Pictures.bgr(Image.of(image)), Pictures.bgr(decode(encode(image, format))));
  }

  @Test
  void pngOfEveryKindIsReducedToBgr() throws IOException {
    WritableRaster deep = Raster.createInterleavedRaster(DataBuffer.TYPE_USHORT, 1, 1, 3, null);
    deep.setPixel(0, 0, new int[] {0x0AFF, 0x0B00, 0x0C80});
    var colors =
        new java.awt.image.ComponentColorModel(
            java.awt.color.ColorSpace.getInstance(java.awt.color.ColorSpace.CS_sRGB),
            false,
            false,
            java.awt.Transparency.OPAQUE,
            DataBuffer.TYPE_USHORT);
    byte[] expected = {12, 11, 10};
    assertArrayEquals(
        expected,
        Pictures.bgr(decode(encode(new BufferedImage(colors, deep, false, null), "png"))));

    BufferedImage alpha = new BufferedImage(1, 1, BufferedImage.TYPE_4BYTE_ABGR);
    alpha.setRGB(0, 0, 0x03_0A_0B_0C);
    assertArrayEquals(expected, Pictures.bgr(decode(encode(alpha, "png"))));

    IndexColorModel palette =
        new IndexColorModel(1, 2, new byte[] {1, 10}, new byte[] {2, 11}, new byte[] {3, 12});
    BufferedImage indexed = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_BINARY, palette);
    indexed.getRaster().setSample(0, 0, 0, 1);
    assertArrayEquals(expected, Pictures.bgr(decode(encode(indexed, "png"))));

    BufferedImage grey = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY);
    grey.getRaster().setSample(0, 0, 0, 77);
    assertArrayEquals(new byte[] {77, 77, 77}, Pictures.bgr(decode(encode(grey, "png"))));
  }

  @Test
  void greyJpegIsRepeated() throws IOException {
    BufferedImage grey = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
    grey.getRaster().setSamples(0, 0, 8, 8, 0, new int[64]);
    assertEquals(0, Pictures.bgr(decode(encode(grey, "jpg")))[100]);
  }

  @Test
  void brokenPicturesAreRefused() throws IOException {
    refused("is empty", new byte[0]);
    refused("is none", "no picture at all".getBytes());
    byte[] png = encode(quarters(), "png");
    refused("cannot be decoded", Arrays.copyOf(png, 60));
    byte[] jpeg = Files.readAllBytes(Assets.picture("bus.jpg"));
    refused("cannot be decoded", Arrays.copyOf(jpeg, jpeg.length / 2));
    refused("", Arrays.copyOf(jpeg, 300));
    refused("", new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xD9});
  }

  @Test
  void pictureWithoutPixelsIsRefused() throws IOException {
    byte[] png = encode(quarters(), "png");
    ByteBuffer.wrap(png).putInt(16, 0);
    refused("", png);
  }

  @Test
  void fileErrorsNameTheFile() throws IOException {
    YoloException missing =
        assertThrows(YoloException.NotFound.class, () -> Image.read(folder.resolve("none.jpg")));
    assertTrue(missing.getMessage().contains("none.jpg"));
    Path text = Files.writeString(folder.resolve("text.jpg"), "text");
    YoloException broken = assertThrows(YoloException.InvalidImage.class, () -> Image.read(text));
    assertTrue(broken.getMessage().contains("text.jpg"));
    YoloException directory =
        assertThrows(YoloException.InvalidImage.class, () -> Image.read(folder));
    assertTrue(directory.getMessage().contains("is a folder"));
  }

  @Test
  void tooLargeFileIsRefusedUnread() throws IOException {
    Path file = folder.resolve("large.png");
    try (var channel =
        Files.newByteChannel(
            file,
            java.nio.file.StandardOpenOption.CREATE_NEW,
            java.nio.file.StandardOpenOption.WRITE)) {
      channel.position(Image.MAX_FILE_BYTES);
      channel.write(ByteBuffer.wrap(new byte[1]));
    }
    YoloException error = assertThrows(YoloException.InvalidImage.class, () -> Image.read(file));
    assertTrue(error.getMessage().contains("64 MiB"), error.getMessage());
  }
}
