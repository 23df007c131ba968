// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yolotorch.support.Agreement;
import org.yolotorch.support.Assets;

/** What a network finds does not depend on how it was rewritten. */
class OptimizeLevelTest {
  private static final List<String> PICTURES =
      List.of(
          "bus.jpg",
          "zidane.jpg",
          "000000000036.jpg",
          "000000000049.jpg",
          "000000000061.jpg",
          "000000000009.jpg",
          "000000000025.jpg",
          "000000000030.jpg",
          "000000000034.jpg",
          "000000000042.jpg",
          "000000000064.jpg",
          "000000000071.jpg");

  /** The first pictures hold most of the objects. */
  private static final int PICTURES_IN_SHORT = 5;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "weights/yolo11n.pt",
        "weights/yolo11n-pose.pt",
        "weights/yolo11n-cls.pt",
        "weights/shapes-obb.pt",
        "exported/yolo11n.torchscript",
        "exported/yolo11n-seg.torchscript",
        "exported/yolo11n-nms.torchscript",
        "exported/yolo11n-dynamic.torchscript",
        "exported/shapes-obb-nms.torchscript"
      })
  void findsTheSame(String file) throws IOException {
    List<Image> images = new ArrayList<>();
    for (Path picture : pictures(file)) {
      images.add(Image.read(picture));
    }
    List<Result> plain = predict(file, 0, images);
    for (int level = 1; level <= LoadOptions.MAX_OPTIMIZE_LEVEL; level++) {
      List<Result> found = predict(file, level, images);
      if (file.contains("-cls")) {
        compareProbs(plain, found);
        continue;
      }
      Agreement agreement = new Agreement(5e-4, 0.1);
      plain.forEach(agreement::expect);
      agreement.compare(found);
      assertTrue(agreement.objects() >= 10, "only " + agreement.objects() + " objects");
      agreement.report("level_" + level + "_" + Path.of(file).getFileName());
    }
  }

  private static List<Path> pictures(String file) throws IOException {
    if (!file.contains("shapes")) {
      int count = Boolean.getBoolean("yolotorch.long") ? PICTURES.size() : PICTURES_IN_SHORT;
      return PICTURES.stream().limit(count).map(Assets::picture).toList();
    }
    try (Stream<Path> files = Files.list(Assets.get("images/shapes-obb"))) {
      return files.sorted().toList();
    }
  }

  private static List<Result> predict(String file, int level, List<Image> images) {
    LoadOptions options = LoadOptions.builder().optimizeLevel(level).build();
    try (Yolo model = Yolo.load(Assets.get(file), options)) {
      List<Result> results = new ArrayList<>();
      for (Image image : images) {
        results.add(model.predict(image));
      }
      return results;
    }
  }

  private static void compareProbs(List<Result> plain, List<Result> found) {
    for (int i = 0; i < plain.size(); i++) {
      float[] expected = plain.get(i).probs().orElseThrow().toArray();
      assertArrayEquals(expected, found.get(i).probs().orElseThrow().toArray(), 5e-4F);
    }
  }

  @Test
  void whatWasDoneIsToldOnceItWasDone() {
    try (Yolo model = load(2, false)) {
      String asked = "Level 2 was asked for: as 1, and convolutions on packed weights.";
      assertEquals(List.of(asked), model.optimizations());
      model.predict(Image.read(Assets.picture("bus.jpg")));
      List<String> done = model.optimizations();
      assertEquals(asked, done.get(0));
      assertTrue(done.size() > 1, done.toString());
      model.predict(Image.read(Assets.picture("zidane.jpg")));
      assertEquals(done, model.optimizations());
    }
    Yolo closed = load(0, true);
    assertEquals(List.of("Level 0 was asked for: LibTorch alone."), closed.optimizations());
    closed.close();
    assertThrows(IllegalStateException.class, closed::optimizations);
  }

  @Test
  void warmedUpANetworkIsReadyWhenItIsLoaded() {
    Image image = Image.read(Assets.picture("bus.jpg"));
    try (Yolo warm = load(3, true);
        Yolo cold = load(3, false)) {
      assertEquals(1, cold.optimizations().size());
      List<String> ready = warm.optimizations();
      assertTrue(ready.size() > 1, ready.toString());
      assertEquals(cold.predict(image).boxes(), warm.predict(image).boxes());
      assertEquals(cold.optimizations(), ready);
    }
  }

  private static Yolo load(int level, boolean warmup) {
    return Yolo.load(
        Assets.get("exported/yolo11n.torchscript"),
        LoadOptions.builder().optimizeLevel(level).warmup(warmup).build());
  }

  @Test
  void levelsThatDoNotExistAreRefused() {
    for (int level : new int[] {-1, 4}) {
      LoadOptions.Builder builder = LoadOptions.builder().optimizeLevel(level);
      YoloException.InvalidArgument refused =
          assertThrows(YoloException.InvalidArgument.class, builder::build);
      assertEquals(
          "optimize_level must be from 0 to 3, but was " + level + "; 0 runs LibTorch alone.",
          refused.getMessage());
    }
  }
}
