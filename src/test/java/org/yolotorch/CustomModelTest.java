// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yolotorch.support.Assets;

/** Models that users change in their yaml. */
class CustomModelTest {
  @TempDir Path folder;

  private static final PredictOptions MANY =
      PredictOptions.builder().rect(false).conf(1e-6).maxDet(5).build();

  private Path changed(String... fromTo) throws IOException {
    String text = Files.readString(Assets.cases("07-p2/yolov8n-p2.yaml"));
    for (int i = 0; i < fromTo.length; i += 2) {
      assertTrue(text.contains(fromTo[i]), fromTo[i]);
      text = text.replace(fromTo[i], fromTo[i + 1]);
    }
    return Files.writeString(folder.resolve("yolov8n-mine.yaml"), text);
  }

  /** {@code side}: what 160 becomes. */
  private void checkArchive(Path yaml, int stride, int side) {
    Image picture = Image.read(Assets.picture("bus.jpg"));
    Path file = folder.resolve("mine.torchscript");
    try (Yolo model = Yolo.load(yaml)) {
      assertEquals(stride, model.info().stride());
      PredictOptions options = MANY.toBuilder().imgsz(160).build();
      Result expected = model.predict(picture, options);
      assertEquals(ImageSize.square(side), expected.netSize());
      assertEquals(5, expected.boxes().size());
      ExportOptions exporting = ExportOptions.builder().file(file).imgsz(160).build();
      model.export(exporting);
      try (Yolo archive = Yolo.load(file)) {
        assertEquals(stride, archive.info().stride());
        Result actual = archive.predict(picture, MANY);
        assertEquals(expected.netSize(), actual.netSize());
        for (int i = 0; i < 5; i++) {
          Xyxy a = expected.boxes().get(i).xyxy();
          Xyxy b = actual.boxes().get(i).xyxy();
          assertEquals(a.x1(), b.x1(), 0.05);
          assertEquals(a.y2(), b.y2(), 0.05);
        }
      }
    }
  }

  @Test
  void fourLevelsFromStrideFourPredictAndExport() throws IOException {
    checkArchive(changed(), 32, 160);
  }

  @Test
  void aLevelOfStrideSixtyFourRoundsSizesToIt() throws IOException {
    String head = "[[18, 21, 24, 27], 1, Detect, [nc]]";
    String more = "[-1, 1, Conv, [1024, 3, 2]]\n  - [[21, 24, 27, 28], 1, Detect, [nc]]";
    checkArchive(changed(head, more), 64, 192);
    try (Yolo model = Yolo.load(folder.resolve("yolov8n-mine.yaml"))) {
      Result result =
          model.predict(
              Image.read(Assets.picture("bus.jpg")),
              MANY.toBuilder().imgsz(new ImageSize(100, 130)).build());
      assertEquals(new ImageSize(128, 192), result.netSize());
    }
  }

  @Test
  void anActivationOfTheYamlIsUsed() throws IOException {
    Path yaml = changed("nc: 80", "nc: 80\nactivation: torch.nn.LeakyReLU(0.1)");
    checkArchive(yaml, 32, 160);
    Path unknown = changed("nc: 80", "nc: 80\nactivation: nn.GLU()");
    String text =
        assertThrows(YoloException.UnsupportedModel.class, () -> Yolo.load(unknown)).getMessage();
    assertTrue(text.contains("expected SiLU, Identity, ReLU"), text);
    assertFalse(text.contains("\n"), text);
  }
}
