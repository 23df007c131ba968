// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yolotorch.Image;
import org.yolotorch.Result;
import org.yolotorch.YoloException;
import org.yolotorch.support.Pictures;
import org.yolotorch.support.Results;

class PictureFileTest {
  @TempDir Path folder;

  private static BufferedImage noise() {
    BufferedImage picture = new BufferedImage(31, 17, BufferedImage.TYPE_3BYTE_BGR);
    Random random = new Random(4);
    for (int y = 0; y < 17; y++) {
      for (int x = 0; x < 31; x++) {
        picture.setRGB(x, y, random.nextInt());
      }
    }
    return picture;
  }

  @ParameterizedTest
  @CsvSource({
    "a.jpg,jpeg",
    "b.JPEG,jpeg",
    "c.png,png",
    "d.PnG,png",
    "e.bmp,bmp",
    "f.BMP,bmp",
    "g.tif,tif",
    "h.TIFF,tif",
    "i.webp.png,png"
  })
  void theSuffixDecides(String name, String format) throws IOException {
    Path file = folder.resolve("made/for/it").resolve(name);
    BufferedImage picture = noise();
    PictureFile.write(picture, file);
    try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
      ImageReader reader = ImageIO.getImageReaders(in).next();
      assertEquals(format, reader.getFormatName().toLowerCase(java.util.Locale.ROOT));
    }
    Image read = Image.read(file);
    assertEquals(31, read.width());
    read.save(file.resolveSibling("again.png"));
    assertArrayEquals(
        Pictures.bgr(read), Pictures.bgr(Image.read(file.resolveSibling("again.png"))));
    Files.delete(file.resolveSibling("again.png"));
    if (!format.equals("jpeg")) {
      assertArrayEquals(Pictures.bgr(Image.of(picture)), Pictures.bgr(read));
    }
    try (Stream<Path> files = Files.list(file.getParent())) {
      assertEquals(1, files.count());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.webp", "a.WEBP", "a.gif", "a", "a.", ".jpgx", "/"})
  void otherSuffixesAreRefused(String name) throws IOException {
    Path file = name.equals("/") ? Path.of("/") : folder.resolve(name);
    Result result = Results.detect();
    YoloException error =
        assertThrows(YoloException.InvalidArgument.class, () -> result.save(file));
    assertThrows(YoloException.InvalidArgument.class, () -> result.image().save(file));
    assertTrue(error.getMessage().contains("'" + file + "'"), error.getMessage());
    assertTrue(error.getMessage().contains(".bmp"), error.getMessage());
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(0, files.count());
    }
  }

  @Test
  void aMessageNamesTheFileAlone() throws IOException {
    Files.writeString(folder.resolve("file"), "");
    Files.createDirectories(folder.resolve("taken.png/inside"));
    Path readOnly = Files.createDirectory(folder.resolve("locked"));
    Result result = Results.detect(Results.box(0, 1, 0, 0, 9, 9));
    for (Path file : new Path[] {folder.resolve("file/a.png"), folder.resolve("taken.png")}) {
      refused(file, () -> result.save(file));
      refused(file, () -> result.saveTxt(file));
    }
    Path crops = folder.resolve("file/crops");
    refused(crops.resolve("person/im.jpg"), () -> result.saveCrops(crops));
    if (readOnly.toFile().setWritable(false) && !Files.isWritable(readOnly)) {
      refused(readOnly.resolve("a.png"), () -> result.save(readOnly.resolve("a.png")));
    }
  }

  private static void refused(Path file, org.junit.jupiter.api.function.Executable call) {
    String message = assertThrows(YoloException.WriteFailed.class, call).getMessage();
    assertTrue(message.contains("'" + file + "'"), message);
    assertFalse(message.contains(".part"), message);
    assertFalse(message.contains("Exception"), message);
  }
}
