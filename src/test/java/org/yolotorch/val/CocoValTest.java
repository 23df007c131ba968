// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.val;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yolotorch.ImageSize;
import org.yolotorch.Result;
import org.yolotorch.Yolo;
import org.yolotorch.internal.data.Dataset;
import org.yolotorch.support.Assets;
import org.yolotorch.support.DataFiles;

/** The metrics of yolo11n on coco128 against those that Ultralytics' own val gave. */
class CocoValTest {
  private static final double MAP = 0.5201;
  private static final double MAP50 = 0.6987;
  private static final double LIMIT = 0.001;

  /** Of rectangles, whose margins differ from the square's. */
  private static final double RECT_LIMIT = 0.01;

  @TempDir Path folder;

  @Test
  void agreesWithUltralytics() throws IOException {
    List<String> warnings = new ArrayList<>();
    List<Integer> counts = new ArrayList<>();
    ValListener listener =
        new ValListener() {
          @Override
          public void started(int images, int backgrounds, int corrupt) {
            counts.addAll(List.of(images, backgrounds, corrupt));
          }

          @Override
          public void warned(String sentence) {
            warnings.add(sentence);
          }
        };
    try (Yolo model = Yolo.load(Assets.get("exported/yolo11n.torchscript"))) {
      ValResult result = model.val(ValOptions.of(DataFiles.coco128(folder, model)), listener);
      Metrics overall = result.box().orElseThrow().overall();
      Assets.figure("val_coco128_map", overall.map(), "mAP50-95");
      Assets.figure("val_coco128_map50", overall.map50(), "mAP50");
      Assets.figure("val_coco128_precision", overall.precision(), "precision");
      Assets.figure("val_coco128_recall", overall.recall(), "recall");
      assertEquals(MAP, overall.map(), LIMIT);
      assertEquals(MAP50, overall.map50(), LIMIT);
      assertEquals(List.of(128, 2, 0), counts);
      assertEquals(128, result.images());
      assertEquals(929, result.instances());
      assertEquals(71, result.classes().size());
      assertEquals(List.of(), warnings);
      assertEquals(overall.map(), result.fitness());
      assertTrue(result.speed().inference() > 0);
    }
  }

  /** Eight batches of sixteen pictures by shape; their inputs are worked out by hand. */
  @Test
  void rectanglesPadLess() throws IOException {
    List<ImageSize> sizes = new ArrayList<>();
    List<Path> listed = new ArrayList<>();
    ValListener listener =
        new ValListener() {
          @Override
          public void listed(List<Path> pictures) {
            listed.addAll(pictures);
          }

          @Override
          public void predicted(Path picture, Result result) {
            sizes.add(result.netSize());
          }
        };
    try (Yolo model = Yolo.load(Assets.get("weights/yolo11n.pt"))) {
      ValOptions.Builder options = ValOptions.builder(DataFiles.coco128(folder, model)).rect(true);
      ValResult result = model.val(options.build(), listener);
      Metrics overall = result.box().orElseThrow().overall();
      Assets.figure("val_coco128_rect_map50_95", overall.map(), "mAP50-95");
      Assets.figure("val_coco128_rect_map50", overall.map50(), "mAP50");
      assertEquals(MAP, overall.map(), RECT_LIMIT);
      assertEquals(MAP50, overall.map50(), 2 * RECT_LIMIT);
      assertEquals(929, result.instances());
      int[][] inputs = {
        {448, 672}, {448, 672}, {512, 672}, {512, 672},
        {512, 672}, {672, 672}, {672, 608}, {672, 512}
      };
      assertEquals(128, sizes.size());
      for (int i = 0; i < sizes.size(); i++) {
        assertEquals(new ImageSize(inputs[i / 16][0], inputs[i / 16][1]), sizes.get(i), "at " + i);
      }
      assertEquals(Dataset.pictures(Assets.get("images/coco128")), listed);
    }
    // A static archive keeps its square.
    sizes.clear();
    Path one = listed.get(0);
    try (Yolo model = Yolo.load(Assets.get("exported/yolo11n.torchscript"))) {
      Path data =
          DataFiles.write(
              folder, one.getParent(), one.getFileName().toString(), model.info().names());
      model.val(ValOptions.builder(data).rect(true).build(), listener);
      assertEquals(List.of(ImageSize.square(640)), sizes);
    }
  }
}
