// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yolotorch.internal.Natives;
import org.yolotorch.internal.bridge.NativeText;
import org.yolotorch.support.Assets;

class YoloTest {
  private static final String CHECKPOINT = "weights/yolo11n.pt";
  private static final String ARCHIVE = "exported/yolo11n.torchscript";
  private static final PredictOptions SMALL = PredictOptions.builder().imgsz(64).build();

  @TempDir Path folder;

  private static Image blank(int width, int height) {
    return Image.of(new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR));
  }

  private static Image bus() {
    return Image.read(Assets.picture("bus.jpg"));
  }

  private static List<Box> detect(Yolo model) {
    return model.predict(bus()).boxes();
  }

  @Test
  void fromCheckpointToResult() {
    Path file = folder.resolve("n.torchscript");
    List<Box> direct;
    try (Yolo model = Yolo.load(Assets.get(CHECKPOINT))) {
      direct = detect(model);
      assertEquals(file, model.export(ExportOptions.builder().file(file).build()));
    }
    try (Yolo model = Yolo.load(file)) {
      ModelInfo info = model.info();
      assertEquals(Task.DETECT, info.task());
      assertEquals(80, info.names().size());
      assertEquals("person", info.names().get(0));
      assertEquals(ImageSize.square(640), info.imgsz());
      assertEquals(32, info.stride());
      Result result = model.predict(bus());
      assertEquals("4 persons, 1 bus", result.summary());
      assertEquals(direct.size(), result.boxes().size());
      assertEquals(810, result.imageWidth());
      assertEquals(1080, result.imageHeight());
      assertEquals(ImageSize.square(640), result.netSize());
      assertEquals(Assets.picture("bus.jpg"), result.source().orElseThrow());
      assertTrue(result.speed().inference() > 0);
      float before = 1;
      for (Box box : result.boxes()) {
        assertTrue(box.confidence() <= before && box.confidence() > 0.25);
        before = box.confidence();
        assertTrue(box.xyxy().x1() >= 0 && box.xyxy().x2() <= 810);
        assertTrue(box.xyxy().y1() >= 0 && box.xyxy().y2() <= 1080);
      }
    }
  }

  @Test
  void batchGivesWhatSinglePicturesGive() {
    try (Yolo model = Yolo.load(Assets.get(ARCHIVE))) {
      Image zidane = Image.read(Assets.picture("zidane.jpg"));
      List<Result> batch = model.predict(List.of(bus(), zidane, blank(8000, 3)));
      assertEquals(3, batch.size());
      assertEquals("4 persons, 1 bus", batch.get(0).summary());
      assertEquals("2 persons, 1 tie", batch.get(1).summary());
      assertEquals(model.predict(zidane).summary(), batch.get(1).summary());
      assertEquals(8000, batch.get(2).imageWidth());
      assertEquals(List.of(), model.predict(List.of(), PredictOptions.defaults()));
    }
  }

  /** Such an archive is unrolled for one picture; alone it would leave the others empty. */
  @Test
  void aForeignNmsArchiveFindsEveryPictureOfABatch() {
    try (Yolo model = Yolo.load(Assets.get("exported/yolo11n-nms.torchscript"))) {
      Image zidane = Image.read(Assets.picture("zidane.jpg"));
      for (List<Image> batch :
          List.of(
              List.of(bus()),
              List.of(bus(), zidane),
              List.of(bus(), zidane, bus(), zidane, bus()))) {
        List<Result> results = model.predict(batch);
        assertEquals(batch.size(), results.size());
        for (int i = 0; i < results.size(); i++) {
          assertEquals(
              i % 2 == 0 ? "4 persons, 1 bus" : "2 persons, 1 tie", results.get(i).summary());
        }
      }
    }
  }

  @Test
  void optionsReachTheNativeSide() {
    try (Yolo model = Yolo.load(Assets.get(ARCHIVE))) {
      PredictOptions base = PredictOptions.defaults();
      Image bus = bus();
      assertEquals(1, model.predict(bus, base.toBuilder().maxDet(1).build()).boxes().size());
      assertEquals("1 bus", model.predict(bus, base.toBuilder().classes(5, 7).build()).summary());
      PredictOptions named = base.toBuilder().classes("bus", "truck").build();
      assertEquals("1 bus", model.predict(bus, named).summary());
      PredictOptions wrong = base.toBuilder().classes("busses").build();
      assertThrows(YoloException.InvalidArgument.class, () -> model.predict(bus, wrong));
      assertEquals(
          "(no detections)", model.predict(bus, base.toBuilder().conf(0.999).build()).summary());
      assertTrue(
          model.predict(bus, base.toBuilder().iou(1).conf(0.1).build()).boxes().size()
              > model.predict(bus, base.toBuilder().iou(0).conf(0.1).build()).boxes().size());
    }
  }

  @Test
  void everyPixelFormatGivesTheSameBoxes() {
    try (Yolo model = Yolo.load(Assets.get(ARCHIVE))) {
      Image bus = bus();
      List<Box> expected = model.predict(bus).boxes();
      for (PixelFormat format : PixelFormat.values()) {
        if (format == PixelFormat.GRAY || format == PixelFormat.CHANNELS) {
          continue;
        }
        int rowBytes = bus.width() * format.bytesPerPixel() + 7;
        ByteBuffer pixels = ByteBuffer.allocateDirect(rowBytes * bus.height() + 11);
        ByteBuffer bgr = bus.pixels();
        PixelFormat.Offsets rgb = format.offsets();
        for (int y = 0; y < bus.height(); y++) {
          for (int x = 0; x < bus.width(); x++) {
            int from = (y * bus.width() + x) * 3;
            int to = 11 + y * rowBytes + x * format.bytesPerPixel();
            pixels.put(to + rgb.blue(), bgr.get(from));
            pixels.put(to + rgb.green(), bgr.get(from + 1));
            pixels.put(to + rgb.red(), bgr.get(from + 2));
          }
        }
        Image image = Image.of(pixels.position(11), bus.width(), bus.height(), format, rowBytes);
        assertEquals(expected, model.predict(image).boxes(), format.toString());
      }
      Image grey = Image.of(ByteBuffer.allocateDirect(100), 10, 10, PixelFormat.GRAY);
      assertEquals(List.of(), model.predict(grey).boxes());
    }
  }

  @Test
  void handlesAreTheModelsOwn() {
    try (Yolo a = Yolo.load(Assets.get(CHECKPOINT));
        Yolo b = Yolo.load(Assets.get(CHECKPOINT))) {
      assertTrue(a.nativeHandle() > 0);
      assertEquals(a.nativeHandle(), a.nativeHandle());
      assertTrue(a.nativeHandle() != b.nativeHandle());
      // What FromHandle makes of it must be this very model.
      assertEquals(a.info(), NativeText.parse(Natives.describe(a.nativeHandle())).modelInfo());
    }
  }

  @Test
  void closeWaitsForRunningPredictions() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(3);
    try {
      for (int round = 0; round < 3; round++) {
        Yolo model = Yolo.load(Assets.get(CHECKPOINT));
        CountDownLatch started = new CountDownLatch(3);
        List<Future<Integer>> calls = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
          calls.add(pool.submit(() -> predictUntilClosed(model, started)));
        }
        started.await();
        model.close();
        for (Future<Integer> call : calls) {
          assertTrue(call.get() > 0);
        }
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private static int predictUntilClosed(Yolo model, CountDownLatch started) {
    Image image = blank(64, 64);
    for (int calls = 0; ; calls++) {
      try {
        model.predict(image, SMALL);
        started.countDown();
      } catch (IllegalStateException closed) {
        return calls;
      }
    }
  }

  @Test
  void threadsShareOneModel() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try (Yolo model = Yolo.load(Assets.get(ARCHIVE))) {
      List<Image> images = List.of(bus(), Image.read(Assets.picture("zidane.jpg")));
      List<Future<String>> calls = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        Image image = images.get(i % 2);
        calls.add(pool.submit(() -> model.predict(image).summary()));
      }
      for (int i = 0; i < calls.size(); i++) {
        assertEquals(i % 2 == 0 ? "4 persons, 1 bus" : "2 persons, 1 tie", calls.get(i).get());
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void staticArchiveKeepsItsSize() {
    try (Yolo model = Yolo.load(Assets.get(ARCHIVE))) {
      Image bus = bus();
      PredictOptions other = PredictOptions.builder().imgsz(320).build();
      assertThrows(YoloException.InputSize.class, () -> model.predict(bus, other));
      assertEquals(5, model.predict(bus).boxes().size());
    }
  }

  @Test
  void exportIntoMissingFolderFailsPlainly() {
    try (Yolo model = Yolo.load(Assets.get(CHECKPOINT))) {
      ExportOptions options =
          ExportOptions.builder().imgsz(64).file(folder.resolve("no/such/x.torchscript")).build();
      assertThrows(YoloException.WriteFailed.class, () -> model.export(options));
      assertEquals(5, detect(model).size());
    }
  }
}
