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
import org.yolotorch.Assets;
import org.yolotorch.Yolo;

/** The metrics of yolo11n on coco128 against those that Ultralytics' own val gave. */
class CocoValTest {
  private static final double MAP = 0.5201;
  private static final double MAP50 = 0.6987;
  private static final double LIMIT = 0.001;

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
}
