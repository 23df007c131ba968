// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yolotorch.source.Sources;
import org.yolotorch.support.Assets;

/** What reading a folder of pictures adds to predicting pictures that are in memory already. */
class FolderSpeedTest {
  private static final int BLOCK = 50;

  @Test
  void decodingRunsBesideInference() throws Exception {
    boolean whole = Boolean.getBoolean("yolotorch.long");
    int pictures = whole ? 1_000 : 100;
    List<Path> files;
    try (Stream<Path> all = Files.list(Assets.get("images/coco128"))) {
      files = all.sorted().toList();
    }
    long pure = 0;
    long folder = 0;
    int results = 0;
    try (Yolo model = Yolo.load(Assets.get("exported/yolo11n.torchscript"))) {
      for (int i = 0; i < 5; i++) {
        model.predict(Image.read(files.get(i)));
      }
      // In turns, because the machine is not always equally fast.
      for (int from = 0; from < pictures; from += BLOCK) {
        List<String> names = new ArrayList<>();
        List<Image> images = new ArrayList<>();
        for (int i = from; i < from + BLOCK; i++) {
          Path file = files.get(i % files.size());
          names.add(file.toString());
          images.add(Image.read(file));
        }
        long start = System.nanoTime();
        for (Image image : images) {
          model.predict(image);
        }
        pure += System.nanoTime() - start;
        images.clear();
        start = System.nanoTime();
        try (Stream<Result> stream = model.stream(Sources.open(names))) {
          results += (int) stream.filter(result -> result.imageWidth() > 0).count();
        }
        folder += System.nanoTime() - start;
      }
    }
    double ratio = (double) folder / pure;
    Assets.figure("folder_pictures", pictures, "pictures");
    Assets.figure("folder_over_pure_inference", ratio, "x");
    assertEquals(pictures, results);
    // The short form runs beside other tests.
    assertTrue(ratio <= (whole ? 1.15 : 1.5), ratio + " x");
  }
}
