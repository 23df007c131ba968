// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yolotorch.support.Assets;
import org.yolotorch.support.Results;

/** What networks and single layers give. */
class RawTest {
  @TempDir Path folder;

  private static Image bus() {
    return Image.read(Assets.picture("bus.jpg"));
  }

  /** The best box of the rows is the best of the prediction. */
  @Test
  void rowsHoldThePredictions() {
    try (Yolo model = Yolo.load(Assets.get("weights/yolo11n.pt"))) {
      RawTensor raw = model.predictRaw(bus()).get(0);
      assertArrayEquals(new long[] {1, 84, 6300}, raw.shape()); // 640 x 480
      float[] values = raw.values();
      int best = 0;
      for (int i = 4 * 6300; i < values.length; i++) {
        best = values[i] > values[best] || best == 0 ? i : best;
      }
      Box box = model.predict(bus()).boxes().get(0);
      assertEquals(box.confidence(), values[best], 1e-6);
      assertEquals(box.classId(), best / 6300 - 4);
      double gain = 640 / 1080.0;
      double centre = (box.xyxy().x1() + box.xyxy().x2()) / 2.0 * gain;
      assertEquals(centre, values[best % 6300], 0.05);

      RawTensor square = model.predictRaw(List.of(bus()), Results.SQUARE).get(0);
      assertEquals("RawTensor[1, 84, 8400]", square.toString());
      assertEquals(84 * 8400, square.buffer().remaining());
      assertEquals(List.of(), model.predictRaw(List.of(), Results.SQUARE));
    }
  }

  @Test
  void archivesGiveWhatTheyHold() {
    Path part = folder.resolve("part.torchscript");
    try (Yolo model = Yolo.load(Assets.get("weights/yolo11n.pt"))) {
      model.export(ExportOptions.builder().layers("0-9").file(part).build());
      float[] expected = model.embed(List.of(bus(), bus()), 9, 4).get(1);
      assertEquals(256 + 128, expected.length);
      assertArrayEquals(expected, model.embed(List.of(bus()), 9, 4).get(0), 1e-5F);
      assertEquals(256, model.embed(bus()).length);
      assertEquals(List.of(), model.embed(List.of()));
      assertThrows(YoloException.InvalidArgument.class, () -> model.embed(List.of(bus()), 23));
    }
    try (Yolo model = Yolo.load(part)) {
      RawTensor features = model.predictRaw(bus()).get(0);
      assertArrayEquals(new long[] {1, 256, 20, 20}, features.shape());
      RawTensor zeros = RawTensor.of(new float[3 * 64 * 96], 1, 3, 64, 96);
      assertArrayEquals(new long[] {1, 256, 2, 3}, model.predictRaw(zeros).get(0).shape());
      YoloException error =
          assertThrows(YoloException.UnsupportedModel.class, () -> model.predict(bus()));
      assertTrue(error.getMessage().contains("which predictRaw gives"), error.getMessage());
      assertThrows(YoloException.UnsupportedModel.class, () -> model.embed(bus()));
    }
  }

  @Test
  void shapesAreChecked() {
    for (long[] shape : new long[][] {{}, {2}, {0, 3}, {-3}, {3, 2}, {Long.MAX_VALUE, 3}}) {
      assertThrows(YoloException.InvalidArgument.class, () -> RawTensor.of(new float[3], shape));
    }
    float[] values = {1, 2, 3};
    RawTensor tensor = RawTensor.of(values, 3, 1);
    values[0] = 9;
    tensor.values()[1] = 9;
    tensor.shape()[0] = 9;
    assertArrayEquals(new float[] {1, 2, 3}, tensor.values());
    assertArrayEquals(new long[] {3, 1}, tensor.shape());
  }
}
