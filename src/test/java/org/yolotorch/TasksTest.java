// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yolotorch.internal.Natives;
import org.yolotorch.internal.bridge.BufferPool;
import org.yolotorch.support.Assets;
import org.yolotorch.support.ChildJvm;
import org.yolotorch.support.Results;

/** Models of all tasks, from load to result. */
class TasksTest {
  /** Far more, and far larger, masks than the first buffer holds. */
  private static final PredictOptions MANY =
      PredictOptions.builder().conf(0.001).iou(1).retinaMasks(true).build();

  @TempDir Path folder;

  private static Image bus() {
    return Image.read(Assets.picture("bus.jpg"));
  }

  @ParameterizedTest
  @CsvSource({
    "yolo11n.yaml, detect",
    "yolo11n-seg.yaml, segment",
    "yolo11n-pose.yaml, pose",
    "yolo11n-obb.yaml, obb",
    "yolo11n-cls.yaml, classify"
  })
  void architecturesByNamePredictAndExport(String name, String task) {
    PredictOptions options = PredictOptions.builder().imgsz(64).conf(0).maxDet(7).build();
    Path file = folder.resolve(task + ".torchscript");
    Result direct;
    try (Yolo model = Yolo.load(Path.of(name))) {
      assertEquals(task, model.info().task().id());
      assertTrue(model.info().gflops() > 0);
      direct = model.predict(bus(), options);
      model.export(ExportOptions.builder().imgsz(64).file(file).build());
    }
    try (Yolo model = Yolo.load(file)) {
      assertEquals(task, model.info().task().id());
      Result exported = model.predict(bus(), options);
      assertEquals(Task.of(task), exported.task());
      assertEquals(direct.boxes().size(), exported.boxes().size());
      assertEquals(direct.obbs().size(), exported.obbs().size());
      assertEquals(direct.masks().size(), exported.masks().size());
      assertEquals(task.equals("segment") ? exported.boxes().size() : 0, exported.masks().size());
      assertEquals(task.equals("pose") ? exported.boxes().size() : 0, exported.keypoints().size());
      assertEquals(task.equals("obb"), exported.obbs().size() > 0);
      assertEquals(task.equals("classify"), exported.probs().isPresent());
      assertFalse(exported.toText(true).isEmpty() && exported.boxes().size() > 0);
    }
  }

  @Test
  void largeAnswersAreFetchedWhole() {
    try (Yolo model = Yolo.load(Assets.get("weights/yolo11n-seg.pt"))) {
      Image bus = bus();
      List<Result> results = model.predict(List.of(bus, bus, bus, bus), MANY);
      assertEquals(0, Natives.waitingResults());
      long bytes = 0;
      for (Result result : results) {
        assertEquals(result.boxes().size(), result.masks().size());
        for (Mask mask : result.masks()) {
          assertTrue(mask.area() > 0);
          bytes += (mask.width() + 7L) / 8 * mask.height();
        }
      }
      assertTrue(bytes > BufferPool.KEPT_BYTES / 2, "masks of " + bytes + " bytes");
      Result many = results.get(3);
      assertEquals(results.get(0).masks(), many.masks());
      // The same objects from a call whose answer fits at once.
      Result few = model.predict(bus(), MANY.toBuilder().maxDet(3).build());
      assertEquals(many.boxes().subList(0, 3), few.boxes());
      assertEquals(many.masks().subList(0, 3), few.masks());
      assertEquals(0, Natives.waitingResults());
    }
  }

  @Test
  void answersTooLargeForThisJavaAreDropped() throws IOException, InterruptedException {
    Path model = Assets.get("weights/yolo11n-seg.pt");
    String printed =
        ChildJvm.run(
            List.of("-XX:MaxDirectMemorySize=7m"), Tight.class, model, Assets.picture("bus.jpg"));
    assertTrue(printed.contains("OUT_OF_MEMORY, waiting 0, then 6 masks"), printed);
  }

  /** Asks for more than fits, then for what does. */
  static final class Tight {
    private Tight() {}

    public static void main(String[] args) {
      try (Yolo model = Yolo.load(Path.of(args[0]))) {
        Image bus = Image.read(Path.of(args[1]));
        YoloException error =
            assertThrows(
                YoloException.OutOfMemory.class,
                () -> model.predict(List.of(bus, bus, bus, bus), MANY));
        System.out.println(error.getMessage());
        System.out.println(
            error.code()
                + ", waiting "
                + Natives.waitingResults()
                + ", then "
                + model.predict(bus).masks().size()
                + " masks");
      }
    }
  }

  @Test
  void masksOfBothFramesShowTheSameObjects() {
    try (Yolo model = Yolo.load(Assets.get("weights/yolo11n-seg.pt"))) {
      Result image = model.predict(bus(), Results.SQUARE);
      Result network =
          model.predict(bus(), Results.SQUARE.toBuilder().maskFrame(MaskFrame.NETWORK).build());
      Result retina = model.predict(bus(), Results.SQUARE.toBuilder().retinaMasks(true).build());
      double gain = 640 / 1080.0;
      assertEquals(5, image.masks().size());
      for (int i = 0; i < 5; i++) {
        Mask mask = image.masks().get(i);
        assertEquals(810, mask.frameWidth());
        assertEquals(640, network.masks().get(i).frameWidth());
        assertEquals(1080, retina.masks().get(i).frameHeight());
        double expected = insideArea(network.masks().get(i)) / gain / gain;
        assertEquals(1, mask.area() / expected, 0.02);
        assertEquals(1, retina.masks().get(i).area() / expected, 0.1);
        assertEquals(mask.polygon(), network.masks().get(i).polygon());
      }
    }
  }

  /** Pixels between the margins of 80 columns. */
  private static int insideArea(Mask mask) {
    int area = 0;
    for (int i = 0; i < 480 * 640; i++) {
      area += mask.get(80 + i % 480, i / 480) ? 1 : 0;
    }
    return area;
  }

  @Test
  void batchesOfEveryTaskGiveWhatSinglePicturesGive() {
    Image zidane = Image.read(Assets.picture("zidane.jpg"));
    for (String name : List.of("yolo11n-seg", "yolo11n-pose", "yolo11n-cls", "shapes-obb")) {
      try (Yolo model = Yolo.load(Assets.get("weights/" + name + ".pt"))) {
        // Pictures of two sizes share the square.
        List<Result> batch = model.predict(List.of(zidane, bus()), PredictOptions.defaults());
        assertEquals(model.predict(zidane, Results.SQUARE).summary(), batch.get(0).summary());
        assertEquals(model.predict(bus(), Results.SQUARE).summary(), batch.get(1).summary());
        assertEquals(
            batch.get(1).boxes().size(), model.predict(bus(), Results.SQUARE).boxes().size());
      }
    }
  }

  @Test
  void resultsOutliveTheirModel() {
    Yolo model = Yolo.load(Assets.get("weights/yolo11n-seg.pt"));
    Result result = model.predict(bus());
    model.close();
    assertThrows(IllegalStateException.class, () -> model.predict(bus()));
    assertTrue(result.masks().get(0).area() > 1000);
    assertEquals("4 persons, 1 bus, 1 stop sign", result.summary());
  }
}
