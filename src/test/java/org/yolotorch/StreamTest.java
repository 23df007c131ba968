// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yolotorch.render.Clips;
import org.yolotorch.render.Renderer;
import org.yolotorch.source.Sources;
import org.yolotorch.support.Assets;
import org.yolotorch.support.Pictures;

/** Sources without the command line: streams of results, and what a result can do by itself. */
class StreamTest {
  private static final PredictOptions SMALL = PredictOptions.builder().imgsz(64).build();

  @TempDir Path folder;

  private static Yolo random() {
    return Yolo.load(Path.of("yolo11n.yaml"));
  }

  private void fill() throws IOException {
    for (int i = 0; i < 10; i++) {
      Path file = folder.resolve(i + ".png");
      if (i == 4) {
        Files.writeString(file, "no picture");
      } else {
        ImageIO.write(Clips.picture(i, 40 + i, 30), "png", file.toFile());
      }
    }
  }

  @Test
  void resultsComeInOrderAndFailuresAreTaken() throws IOException {
    fill();
    for (int batch : new int[] {1, 3, 100}) {
      List<String> failed = new ArrayList<>();
      StreamOptions options =
          StreamOptions.builder()
              .predict(SMALL)
              .batch(batch)
              .onFailure((frame, failure) -> failed.add(frame.name() + " " + failure.code()))
              .build();
      try (Yolo model = random();
          Stream<Result> results = model.stream(Sources.open(folder), options)) {
        List<Result> all = results.toList();
        assertEquals(9, all.size());
        for (int i = 0; i < 9; i++) {
          int place = i < 4 ? i : i + 1;
          assertEquals(place, all.get(i).frame().orElseThrow().index());
          assertEquals(folder.resolve(place + ".png"), all.get(i).source().orElseThrow());
          assertEquals(40 + place, all.get(i).imageWidth());
        }
      }
      assertEquals(List.of(folder.resolve("4.png") + " INVALID_IMAGE"), failed);
    }
  }

  @Test
  void failureEndsAStreamThatDoesNotTakeIt() throws IOException {
    fill();
    List<Result> seen = new ArrayList<>();
    StreamOptions options = StreamOptions.builder().predict(SMALL).build();
    try (Yolo model = random();
        Stream<Result> results = model.stream(Sources.open(folder), options)) {
      YoloException error =
          assertThrows(YoloException.InvalidImage.class, () -> results.forEach(seen::add));
      assertTrue(error.getMessage().contains("4.png"));
    }
    assertEquals(4, seen.size());
  }

  @Test
  void streamIsLazyAndClosesItsSource() throws IOException {
    Path clip = Clips.clip(folder.resolve("clip.mp4"), 200, 64, 64, 25);
    Source source = Sources.open(clip);
    StreamOptions options = StreamOptions.builder().predict(SMALL).build();
    try (Yolo model = random()) {
      try (Stream<Result> results = model.stream(source, options)) {
        List<Long> numbers =
            results
                .limit(3)
                .map(result -> result.frame().flatMap(Frame::video).orElseThrow().number())
                .toList();
        assertEquals(List.of(1L, 2L, 3L), numbers);
      }
      assertThrows(IllegalStateException.class, source::size);
      Source unread = Sources.open(clip);
      model.stream(unread, options).close();
      assertThrows(IllegalStateException.class, unread::size);
    }
    Yolo closed = random();
    closed.close();
    assertThrows(IllegalStateException.class, () -> closed.stream(Sources.open(clip)));
    assertThrows(
        YoloException.InvalidArgument.class, () -> StreamOptions.builder().batch(0).build());
  }

  @Test
  void resultDrawsSavesAndCropsItself() throws IOException {
    try (Yolo model = Yolo.load(Assets.get("exported/yolo11n.torchscript"))) {
      Image image = Image.read(Assets.picture("bus.jpg"));
      Result result = model.predict(image);
      assertEquals(image, result.image());
      BufferedImage plot = result.plot();
      assertArrayEquals(bytes(Renderer.defaults().render(image, result)), bytes(plot));
      Path png = folder.resolve("bus.png");
      result.save(png);
      assertArrayEquals(Pictures.bgr(Image.of(plot)), Pictures.bgr(Image.read(png)));
      Path jpg = folder.resolve("bus.jpg");
      result.save(jpg);
      assertEquals(1080, Image.read(jpg).height());
      assertThrows(
          YoloException.WriteFailed.class, () -> result.save(folder.resolve("bus.png/bus.jpg")));
      for (Box box : result.boxes()) {
        BufferedImage crop = result.crop(box);
        Xywh at = box.xywh();
        assertTrue(crop.getWidth() <= at.width() * 1.02 + 11, crop.getWidth() + " " + at);
        assertTrue(crop.getWidth() >= at.width() - 1, crop.getWidth() + " " + at);
      }
      try (Stream<Path> left = Files.list(folder)) {
        assertEquals(2, left.count());
      }
    }
  }

  private static byte[] bytes(BufferedImage image) {
    return ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
  }

  @Test
  void copiesAreOfTheirOwnMemory() {
    java.nio.ByteBuffer pixels = java.nio.ByteBuffer.allocateDirect(64);
    pixels.put(0, (byte) 7).put(20, (byte) 9);
    Image copy = Image.copyOf(pixels, 4, 2, PixelFormat.BGR, 20);
    pixels.put(0, (byte) 1);
    byte[] bgr = Pictures.bgr(copy);
    assertEquals(24, bgr.length);
    assertEquals(7, bgr[0]);
    assertEquals(9, bgr[12]);
    assertFalse(copy.source().isPresent());
  }
}
