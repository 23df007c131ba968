// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yolotorch.support.Agreement;
import org.yolotorch.support.Assets;
import org.yolotorch.support.Results;

/** Archives that remove overlapping boxes themselves against the checkpoint they come from. */
class NmsParityTest {
  private static final int[] BATCHES = {1, 2, 7};

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "detect, yolo11n, 130",
    "segment, yolo11n-seg, 34",
    "pose, yolo11n-pose, 34",
    "obb, shapes-obb, 16"
  })
  void archiveGivesWhatTheCheckpointGives(String task, String name, int pictures)
      throws IOException {
    List<Image> images = recorded(name);
    assertEquals(pictures, images.size());
    if (!Boolean.getBoolean("yolotorch.long")) {
      images = images.subList(0, Math.min(pictures, 34));
    }
    Path file = folder.resolve(name + ".torchscript");
    Agreement agreement = new Agreement(1e-4, 0.01);
    PredictOptions options = Results.SQUARE;
    try (Yolo plain = Yolo.load(Assets.get("weights/" + name + ".pt"))) {
      plain.export(ExportOptions.builder().nms(true).file(file).build());
      try (Yolo inside = Yolo.load(file)) {
        assertTrue(inside.info().nms());
        assertFalse(plain.info().nms());
        assertEquals(List.of(), inside.info().warnings());
        for (Image image : images) {
          agreement.expect(plain.predict(image, options));
        }
        for (int batch : BATCHES) {
          List<Result> results = new ArrayList<>();
          for (int start = 0; start < images.size(); start += batch) {
            int end = Math.min(images.size(), start + batch);
            results.addAll(inside.predict(images.subList(start, end), options));
          }
          agreement.compare(results);
        }
      }
    }
    agreement.report("nms_parity_" + task);
    assertTrue(agreement.objects() > images.size(), "objects");
  }

  /** Pictures of which predictions are recorded. */
  static List<Image> recorded(String name) throws IOException {
    Path path = Assets.get("expected/predictions/" + name + ".json");
    List<Image> images = new ArrayList<>();
    for (JsonNode expected : new ObjectMapper().readTree(path.toFile()).get("results")) {
      images.add(Image.read(Assets.picture(expected.get("image").asText())));
    }
    return images;
  }
}
