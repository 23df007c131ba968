// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yolotorch.support.ArchiveRewriter;
import org.yolotorch.support.Pictures;

/** Models whose pictures have other than three channels. */
class ChannelsTest {
  private static final int WIDTH = 90;
  private static final int HEIGHT = 50;
  private static final PredictOptions MANY =
      PredictOptions.builder().rect(false).conf(1e-6).maxDet(5).imgsz(96).build();

  @TempDir Path folder;

  private Path yaml(int channels) throws IOException {
    return Files.writeString(
        folder.resolve("yolov8n-mine.yaml"),
        """
        nc: 3
        channels: %d
        scales:
          n: [0.33, 0.25, 1024]
        backbone:
          - [-1, 1, Conv, [32, 3, 2]]
          - [-1, 1, Conv, [64, 3, 2]]
          - [-1, 3, C2f, [64, True]]
          - [-1, 1, Conv, [64, 3, 2]]
        head:
          - [[2, 3], 1, Detect, [nc]]
        """
            .formatted(channels));
  }

  private static ByteBuffer pixels(int channels, int seed) {
    ByteBuffer pixels = ByteBuffer.allocateDirect(WIDTH * HEIGHT * channels);
    for (int i = 0; i < pixels.capacity(); i++) {
      pixels.put(i, (byte) (i * i / 97 + i * seed));
    }
    return pixels;
  }

  private static Image picture(int channels, int seed) {
    return Image.ofChannels(pixels(channels, seed), WIDTH, HEIGHT, channels);
  }

  private Path export(Yolo model) {
    Path file = folder.resolve("mine.torchscript");
    model.export(ExportOptions.builder().file(file).imgsz(96).build());
    return file;
  }

  private static void assertSame(Result expected, Result actual) {
    assertEquals(5, expected.boxes().size());
    assertEquals(5, actual.boxes().size());
    for (int i = 0; i < 5; i++) {
      Box a = expected.boxes().get(i);
      Box b = actual.boxes().get(i);
      assertEquals(a.confidence(), b.confidence(), 1e-4);
      assertEquals(a.xyxy().x1(), b.xyxy().x1(), 0.05);
      assertEquals(a.xyxy().y2(), b.xyxy().y2(), 0.05);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 16})
  void aModelAndItsArchivePredictPicturesOfAsManyChannels(int channels) throws IOException {
    Image picture = picture(channels, 13);
    try (Yolo model = Yolo.load(yaml(channels))) {
      assertEquals(channels, model.info().channels());
      Result expected = model.predict(picture, MANY);
      assertNotEquals(expected.boxes(), model.predict(picture(channels, 7), MANY).boxes());
      Path file = export(model);
      try (Yolo archive = Yolo.load(file)) {
        assertEquals(channels, archive.info().channels());
        assertSame(expected, archive.predict(picture, MANY));
        List<Result> batch = archive.predict(List.of(picture, picture(channels, 7)), MANY);
        assertSame(expected, batch.get(0));
      }
    }
  }

  @Test
  void oneChannelSeesTheGreyOfAColourPicture() throws IOException {
    ByteBuffer rgb = pixels(3, 13);
    ByteBuffer grey = ByteBuffer.allocate(WIDTH * HEIGHT);
    for (int i = 0; i < grey.capacity(); i++) {
      int red = rgb.get(3 * i) & 0xFF;
      int green = rgb.get(3 * i + 1) & 0xFF;
      int blue = rgb.get(3 * i + 2) & 0xFF;
      grey.put(i, (byte) ((9798 * red + 19235 * green + 3735 * blue + 16384) / 32768));
    }
    Image colours = Image.of(rgb, WIDTH, HEIGHT, PixelFormat.RGB);
    try (Yolo model = Yolo.load(yaml(1))) {
      Result expected = model.predict(Image.ofChannels(grey, WIDTH, HEIGHT, 1), MANY);
      assertEquals(5, expected.boxes().size());
      assertEquals(expected.boxes(), model.predict(colours, MANY).boxes());
      assertEquals(expected.boxes(), model.predict(colours.toBufferedImage(), MANY).boxes());
    }
  }

  @Test
  void anotherNumberIsRefusedWithASentence() throws IOException {
    Image colours = Image.of(pixels(3, 13), WIDTH, HEIGHT, PixelFormat.RGB);
    try (Yolo model = Yolo.load(yaml(4))) {
      String text =
          assertThrows(YoloException.InvalidImage.class, () -> model.predict(colours, MANY))
              .getMessage();
      assertTrue(text.contains("takes pictures of 4 channels, but this one has three"), text);
      assertTrue(text.contains("Image.ofChannels"), text);
      assertFalse(text.contains("\n"), text);
    }
    try (Yolo model = Yolo.load(yaml(1))) {
      assertThrows(YoloException.InvalidImage.class, () -> model.predict(picture(2, 13), MANY));
    }
  }

  /** Archives from before 2025 do not say their channels. */
  @Test
  void anArchiveIsAskedWhereItsMetadataIsSilent() throws IOException {
    Image picture = picture(4, 13);
    try (Yolo model = Yolo.load(yaml(4))) {
      Result expected = model.predict(picture, MANY);
      ArchiveRewriter silent = ArchiveRewriter.of(export(model));
      silent.config(config -> config.remove("channels"));
      try (Yolo archive = Yolo.load(silent.write(folder.resolve("silent.torchscript")))) {
        assertEquals(4, archive.info().channels());
        assertSame(expected, archive.predict(picture, MANY));
      }
      ArchiveRewriter wrong = ArchiveRewriter.of(export(model));
      wrong.config(config -> config.put("channels", 3));
      Path file = wrong.write(folder.resolve("wrong.torchscript"));
      String text =
          assertThrows(YoloException.CorruptModel.class, () -> Yolo.load(file)).getMessage();
      assertTrue(text.contains("said to take pictures of 3 channels, but its network"), text);
    }
  }

  @Test
  void suchPicturesAreDrawnInTheirFirstThreeChannels() throws IOException {
    ByteBuffer pixels = ByteBuffer.wrap(new byte[] {10, 20, 30, 40, 50, 60, 70, 80});
    Image four = Image.ofChannels(pixels, 2, 1, 4);
    assertEquals(PixelFormat.CHANNELS, four.format());
    assertEquals(4, four.samplesPerPixel());
    assertEquals("Image[2x1 4 channels]", four.toString());
    assertEquals(
        ByteBuffer.wrap(new byte[] {30, 20, 10, 70, 60, 50}), ByteBuffer.wrap(Pictures.bgr(four)));
    Image two = Image.ofChannels(pixels, 2, 2, 2);
    assertEquals(
        ByteBuffer.wrap(new byte[] {10, 10, 10, 30, 30, 30, 50, 50, 50, 70, 70, 70}),
        ByteBuffer.wrap(Pictures.bgr(two)));
    assertEquals(
        ByteBuffer.wrap(new byte[] {70, 60, 50}),
        ByteBuffer.wrap(Pictures.bgr(four.part(new PixelRect(1, 0, 1, 1)))));
    try (Yolo model = Yolo.load(yaml(4))) {
      Path file = folder.resolve("drawn.png");
      model.predict(picture(4, 13), MANY).save(file);
      assertEquals(WIDTH, Image.read(file).width());
    }
  }

  @Test
  void ofChannelsChecksItsArguments() {
    ByteBuffer pixels = ByteBuffer.allocate(16);
    assertEquals(PixelFormat.GRAY, Image.ofChannels(pixels, 4, 4, 1).format());
    assertEquals(PixelFormat.RGB, Image.ofChannels(pixels, 2, 2, 3).format());
    for (int channels : new int[] {0, -1, 17}) {
      assertThrows(
          YoloException.InvalidArgument.class, () -> Image.ofChannels(pixels, 1, 1, channels));
    }
    assertThrows(YoloException.InvalidArgument.class, () -> Image.ofChannels(pixels, 3, 2, 4));
    assertThrows(YoloException.InvalidArgument.class, () -> Image.ofChannels(pixels, 2, 2, 4, 7));
    assertThrows(YoloException.InvalidImage.class, () -> Image.ofChannels(pixels, 0, 2, 4));
    String text =
        assertThrows(
                YoloException.InvalidArgument.class,
                () -> Image.of(pixels, 2, 2, PixelFormat.CHANNELS))
            .getMessage();
    assertTrue(text.contains("Image.ofChannels"), text);
  }
}
