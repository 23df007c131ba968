// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yolotorch.support.Assets;
import org.yolotorch.support.Parity;

/** Every detection of 130 pictures against recorded ones. */
class PredictionParityTest {
  @TempDir Path folder;

  @Test
  void checkpoint() throws IOException {
    compare("checkpoint", Assets.get("weights/yolo11n.pt"));
  }

  /** As Ultralytics predicts with a checkpoint unless told otherwise. */
  @Test
  void checkpointInRectangles() throws IOException {
    compare("checkpoint_rect", Assets.get("weights/yolo11n.pt"), PredictOptions.defaults());
  }

  @Test
  void dynamicExportInRectangles() throws IOException {
    compare(
        "dynamic_rect",
        Assets.get("exported/yolo11n-dynamic.torchscript"),
        PredictOptions.defaults());
  }

  @Test
  void ownExport() throws IOException {
    Path file = folder.resolve("yolo11n.torchscript");
    try (Yolo model = Yolo.load(Assets.get("weights/yolo11n.pt"))) {
      model.export(ExportOptions.builder().file(file).build());
    }
    compare("own_export", file);
  }

  @Test
  void foreignExport() throws IOException {
    compare("foreign_export", Assets.get("exported/yolo11n.torchscript"));
  }

  /** Its anchors are made for every input anew. */
  @Test
  void foreignDynamicExport() throws IOException {
    compare("foreign_dynamic_export", Assets.get("exported/yolo11n-dynamic.torchscript"));
  }

  private static void compare(String source, Path file) throws IOException {
    compare(source, file, PredictOptions.builder().rect(false).build());
  }

  private static void compare(String source, Path file, PredictOptions options) throws IOException {
    Parity.check(
        source,
        "yolo11n",
        file,
        options,
        130,
        (expected, result, parity) -> parity.boxes(expected, result));
  }
}
