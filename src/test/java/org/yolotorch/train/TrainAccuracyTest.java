// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.train;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yolotorch.ImageSize;
import org.yolotorch.Task;
import org.yolotorch.Yolo;
import org.yolotorch.support.Assets;
import org.yolotorch.val.Metrics;
import org.yolotorch.val.ValOptions;

/** Whether trainings of some minutes end with networks that find what they were shown. */
class TrainAccuracyTest {
  @TempDir private Path folder;

  @BeforeEach
  void onlyAtNight() {
    Assumptions.assumeTrue(Boolean.getBoolean("yolotorch.long"), "This is one of the long tests.");
  }

  private TrainOptions.Builder training(String weights, Path data) {
    return TrainOptions.builder(Assets.get("weights/" + weights).toString(), data)
        .project(folder.resolve("runs"))
        .set(TrainArgument.PLOTS, false);
  }

  /** Hardly changed pictures, a step a batch; only the end is measured. */
  private static TrainOptions.Builder byHeart(TrainOptions.Builder options) {
    return options
        .imgsz(320)
        .epochs(60)
        .batch(4)
        .set(TrainArgument.NBS, 4)
        .set(TrainArgument.MOSAIC, 0)
        .set(TrainArgument.SCALE, 0.2)
        .set(TrainArgument.HSV_S, 0.2)
        .set(TrainArgument.HSV_V, 0.2)
        .set(TrainArgument.OPTIMIZER, "AdamW")
        .set(TrainArgument.VAL, false);
  }

  /** How well a checkpoint does on the pictures to validate with, as a training measures it. */
  private static Metrics measure(Path checkpoint, Path data, int imgsz) {
    try (Yolo model = Yolo.load(checkpoint)) {
      ValOptions how =
          ValOptions.builder(data)
              .imgsz(ImageSize.square(imgsz))
              .batch(Math.min(32, ValOptions.MAX_BATCH))
              .rect(true)
              .build();
      return model.val(how).box().orElseThrow().overall();
    }
  }

  /** A data set of the test pictures themselves, with so many classes. */
  private Path data(String pictures, int classes) throws IOException {
    Path images = Assets.get("images/" + pictures);
    Path file = folder.resolve(pictures + ".yaml");
    Files.writeString(
        file,
        "path: "
            + images.getParent().getParent()
            + "\ntrain: images/"
            + pictures
            + "\nval: images/"
            + pictures
            + "\nnames:\n"
            + IntStream.range(0, classes)
                .mapToObj(id -> "  " + id + ": class" + id + "\n")
                .collect(Collectors.joining()));
    return file;
  }

  @Test
  void overfitDetect() throws IOException {
    Path data = TrainSets.make(folder.resolve("set"), Task.DETECT, 8);
    TrainResult result =
        Yolo.train(
            byHeart(training("yolo11n.pt", data))
                .epochs(100)
                .set(TrainArgument.LR0, 0.0005)
                .build(),
            new TrainListener() {});
    double map50 = measure(result.last(), data, 320).map50();
    Assets.figure("train_overfit_detect_map50", map50, "mAP50");
    assertTrue(map50 >= 0.95, "mAP50 " + map50);
  }

  /** With 70 classes instead of 3 the whole branch of the classes is another, and starts fresh. */
  @Test
  void overfitObbWithAFreshHead() throws IOException {
    Path data = data("shapes-obb", 70);
    TrainResult result =
        Yolo.train(
            byHeart(training("shapes-obb.pt", data)).set(TrainArgument.LR0, 0.002).build(),
            new TrainListener() {});
    double map50 = measure(result.last(), data, 320).map50();
    Assets.figure("train_overfit_obb_map50", map50, "mAP50");
    assertTrue(map50 >= 0.9, "mAP50 " + map50);
  }

  @Test
  void finetuneDoesNotLoseAccuracy() throws IOException {
    Path data = data("coco128", 80);
    double before = measure(Assets.get("weights/yolo11n.pt"), data, 640).map();
    TrainResult result =
        Yolo.train(training("yolo11n.pt", data).epochs(3).build(), new TrainListener() {});
    double after = measure(result.best(), data, 640).map();
    Assets.figure("train_finetune_map_before", before, "mAP50-95");
    Assets.figure("train_finetune_map_after", after, "mAP50-95");
    Assets.figure("train_finetune_map_gain", after - before, "mAP50-95");
    assertTrue(after >= before, before + ", then " + after);
  }
}
