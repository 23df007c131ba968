// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yolotorch.support.Agreement;
import org.yolotorch.support.Assets;
import org.yolotorch.support.Results;

/** Checkpoints whose network is another than their yaml tells run as they were pickled. */
class CheckpointKindsTest {
  @TempDir Path folder;

  private static Result predict(Path file, int level) {
    LoadOptions options = LoadOptions.builder().optimizeLevel(level).build();
    try (Yolo model = Yolo.load(file, options)) {
      assertEquals(List.of(), model.info().warnings());
      return model.predict(Image.read(Assets.picture("bus.jpg")), Results.SQUARE);
    }
  }

  private static void agree(Result expected, Result found) {
    Agreement agreement = new Agreement(5e-4, 0.1);
    agreement.expect(expected);
    agreement.compare(List.of(found));
    assertTrue(agreement.objects() >= 5, "only " + agreement.objects() + " objects");
    agreement.report("checkpoint_kind");
  }

  @ParameterizedTest
  @ValueSource(strings = {"08-fused/12fused.pt", "20-pruned/08pruned.pt"})
  void findsTheSameAtEveryLevelAndOnceExported(String name) {
    Path file = Assets.cases(name);
    Result plain = predict(file, 0);
    agree(plain, predict(file, LoadOptions.MAX_OPTIMIZE_LEVEL));
    try (Yolo model = Yolo.load(file)) {
      Path target = folder.resolve("a.torchscript");
      agree(plain, predict(model.export(ExportOptions.builder().file(target).build()), 0));
    }
  }

  /** The pruned one lacks two channels: 2 x 16 x 9 weights twice, and two biases. */
  @ParameterizedTest
  @CsvSource({"08-fused/12fused.pt, 2616248", "20-pruned/08pruned.pt, 2615670"})
  void countsItsOwnWeights(String name, long parameters) {
    try (Yolo model = Yolo.load(Assets.cases(name))) {
      assertEquals(parameters, model.info().parameters());
    }
  }
}
