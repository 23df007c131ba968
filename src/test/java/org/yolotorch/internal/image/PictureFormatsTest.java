// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yolotorch.Image;
import org.yolotorch.PredictOptions;
import org.yolotorch.Result;
import org.yolotorch.Yolo;
import org.yolotorch.YoloException;
import org.yolotorch.render.Clips;
import org.yolotorch.support.Pictures;

/** CMYK, WebP and shapes that few pictures have. */
class PictureFormatsTest {
  @TempDir Path folder;

  private static Image decode(byte[] bytes) throws IOException {
    return Image.read(new ByteArrayInputStream(bytes));
  }

  /** A JPEG of one colour whose four samples are stored as they are. */
  private static byte[] fourComponents(int transform, int... samples) throws IOException {
    WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 8, 8, 4, null);
    for (int band = 0; band < 4; band++) {
      int[] all = new int[64];
      Arrays.fill(all, samples[band]);
      raster.setSamples(0, 0, 8, 8, band, all);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
      writer.setOutput(stream);
      ImageWriteParam settings = writer.getDefaultWriteParam();
      settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      settings.setCompressionQuality(1);
      writer.write(null, new IIOImage(raster, null, null), settings);
    }
    byte[] jpeg = out.toByteArray();
    if (transform < 0) {
      return jpeg;
    }
    byte[] adobe = {
      (byte) 0xFF, (byte) 0xEE, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, (byte) transform
    };
    return ByteBuffer.allocate(jpeg.length + adobe.length)
        .put(jpeg, 0, 2)
        .put(adobe)
        .put(jpeg, 2, jpeg.length - 2)
        .array();
  }

  /** Of Adobe's, 255 is no ink; YCC of red is 76, 85, 255, and its inks are the complement. */
  @ParameterizedTest
  @CsvSource({
    "0, 255, 0, 0, 255, 255, 0, 0",
    "0, 255, 255, 255, 255, 255, 255, 255",
    "0, 255, 255, 255, 0, 0, 0, 0",
    "0, 200, 100, 50, 128, 100, 50, 25",
    "-1, 0, 255, 255, 0, 255, 0, 0",
    "2, 179, 171, 1, 255, 255, 0, 0",
    "2, 0, 128, 128, 255, 255, 255, 255"
  })
  void cmykJpegIsConverted(int transform, int c, int m, int y, int k, int red, int green, int blue)
      throws IOException {
    byte[] bgr = Pictures.bgr(decode(fourComponents(transform, c, m, y, k)));
    assertEquals(8 * 8 * 3, bgr.length);
    assertEquals(red, bgr[2] & 0xFF, 3);
    assertEquals(green, bgr[1] & 0xFF, 3);
    assertEquals(blue, bgr[0] & 0xFF, 3);
  }

  private static BufferedImage halves(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, x < width / 2 ? 0xC00000 : 0x2040E0);
      }
    }
    return image;
  }

  @Test
  void losslessWebpKeepsEveryPixel() throws IOException {
    BufferedImage image = halves(64, 32);
    byte[] webp = Clips.webp(image, true);
    assertArrayEquals(Pictures.bgr(Image.of(image)), Pictures.bgr(decode(webp)));
  }

  @Test
  void lossyWebpIsRead() throws IOException {
    Image image = decode(Clips.webp(halves(64, 32), false));
    byte[] bgr = Pictures.bgr(image);
    assertEquals(64, image.width());
    assertEquals(0xC0, bgr[2] & 0xFF, 8);
    assertEquals(0xE0, bgr[63 * 3] & 0xFF, 8);
  }

  @Test
  void exifOrientationOfWebpIsApplied() throws IOException {
    byte[] plain = Clips.webp(halves(64, 32), true);
    byte[] exif = {'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0};
    ByteBuffer file =
        ByteBuffer.allocate(plain.length + 18 + 8 + exif.length).order(ByteOrder.LITTLE_ENDIAN);
    file.put(plain, 0, 12).put("VP8X".getBytes(StandardCharsets.US_ASCII)).putInt(10).putInt(8);
    file.put(new byte[] {63, 0, 0, 31, 0, 0});
    file.put(plain, 12, plain.length - 12);
    file.put("EXIF".getBytes(StandardCharsets.US_ASCII)).putInt(exif.length).put(exif);
    file.putInt(4, file.capacity() - 8);
    assertEquals(6, WebpFile.orientation(file.array()));
    Image image = decode(file.array());
    assertEquals(32, image.width());
    byte[] bgr = Pictures.bgr(image);
    assertEquals(0xC0, bgr[2] & 0xFF);
    assertEquals(0xE0, bgr[bgr.length - 3] & 0xFF);
    for (int length = 0; length < file.capacity(); length++) {
      // Cut anywhere, it tells nothing or the truth.
      int told = WebpFile.orientation(Arrays.copyOf(file.array(), length));
      assertTrue(told == 1 || told == 6);
    }
  }

  @Test
  void brokenWebpIsRefused() throws IOException {
    byte[] webp = Clips.webp(halves(64, 32), false);
    for (int length : new int[] {12, 20, 40, webp.length / 2}) {
      byte[] cut = Arrays.copyOf(webp, length);
      assertThrows(YoloException.class, () -> decode(cut), "cut at " + length);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "8000, 50", "50, 8000", "1, 300"})
  void anyShapeIsReadAndPredicted(int width, int height) throws IOException {
    for (String format : new String[] {"png", "jpg", "bmp", "gif", "tiff"}) {
      Path file = folder.resolve(width + "x" + height + "." + format);
      assertTrue(ImageIO.write(halves(width, height), format, file.toFile()));
      Image image = Image.read(file);
      assertEquals(width, image.width());
      assertEquals(height, image.height());
    }
    try (Yolo model = Yolo.load(Path.of("yolo11n.yaml"))) {
      PredictOptions small = PredictOptions.builder().imgsz(64).build();
      Result result = model.predict(Image.of(halves(width, height)), small);
      assertEquals(width, result.imageWidth());
    }
  }
}
