// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.yolotorch.Image;
import org.yolotorch.ImageSize;
import org.yolotorch.Mask;
import org.yolotorch.MaskFrame;
import org.yolotorch.ModelInfo;
import org.yolotorch.PredictOptions;
import org.yolotorch.Result;
import org.yolotorch.Speed;
import org.yolotorch.Xy;
import org.yolotorch.support.Results;

/** Packed numbers that no model at hand gives. */
class ResultReaderTest {
  private static final Image IMAGE = Results.image(0);

  private static ByteBuffer header(int rowValues) {
    return ByteBuffer.allocate(1000)
        .order(ByteOrder.nativeOrder())
        .putFloat(2)
        .putFloat(4)
        .putFloat(6)
        .putFloat(8)
        .putInt(96)
        .putInt(64)
        .putInt(rowValues);
  }

  private static ByteBuffer floats(ByteBuffer out, float... values) {
    for (float value : values) {
      out.putFloat(value);
    }
    return out;
  }

  private static List<Result> read(ByteBuffer answer, String facts, PredictOptions options) {
    ModelInfo info = NativeText.parse(facts).modelInfo();
    answer.position(0);
    List<Result> results = new ResultReader(answer, options, info).results(List.of(IMAGE, IMAGE));
    // Else the native side would write the next answer behind this one.
    assertEquals(0, answer.position());
    return results;
  }

  @Test
  void pointsWithoutVisibility() {
    ByteBuffer out = header(10).putInt(1);
    floats(out, 1, 2, 3, 4, 0.5f, 0, 10, 20, 30, 40).putInt(0);
    List<Result> results =
        read(out, "task pose\nkpt_shape 2 2\nname 0 cat\n", PredictOptions.defaults());
    Result first = results.get(0);
    assertEquals(List.of(new Xy(10, 20), new Xy(30, 40)), first.keypoints().get(0).xy());
    assertFalse(first.keypoints().get(0).points().get(1).hasVisibility());
    assertEquals("cat", first.boxes().get(0).label());
    assertEquals(new ImageSize(96, 64), first.netSize());
    assertEquals(new Speed(1, 2, 3, 4), first.speed());
    assertTrue(results.get(1).keypoints().isEmpty());
  }

  @Test
  void masksArePaddedAndTheFrameIsTheOneAskedFor() {
    for (MaskFrame frame : MaskFrame.values()) {
      ByteBuffer out = header(6).putInt(2);
      floats(out, 1, 2, 3, 4, 0.5f, 0);
      floats(out, 5, 6, 7, 8, 0.4f, 3);
      out.putInt(2).putInt(3).putInt(9).putInt(1).put((byte) 1).put((byte) 1).putShort((short) 0);
      floats(out.putInt(1), 2, 3);
      out.putInt(0).putInt(0).putInt(0).putInt(0).putInt(0);
      out.putInt(0);
      List<Result> results =
          read(out, "task segment\n", PredictOptions.builder().maskFrame(frame).build());
      Mask mask = results.get(0).masks().get(0);
      assertTrue(mask.get(2, 3) && mask.get(10, 3));
      assertEquals(2, mask.area());
      int part = frame == MaskFrame.QUARTER ? 4 : 1;
      assertEquals(frame == MaskFrame.IMAGE ? Results.WIDTH : 64 / part, mask.frameWidth());
      assertEquals(frame == MaskFrame.IMAGE ? Results.HEIGHT : 96 / part, mask.frameHeight());
      assertEquals(List.of(new Xy(2, 3)), mask.polygon());
      assertEquals(0, results.get(0).masks().get(1).area());
      assertEquals("class3", results.get(0).boxes().get(1).label());
      assertEquals(List.of(), results.get(1).masks());
    }
  }

  @Test
  void probabilitiesOfMoreClassesThanNames() {
    ByteBuffer out = floats(header(3).putInt(1), 0.1f, 0.2f, 0.7f);
    floats(out.putInt(1), 0.7f, 0.2f, 0.1f);
    List<Result> results = read(out, "task classify\nname 0 cat\n", PredictOptions.defaults());
    assertEquals("class2 0.70, class1 0.20, cat 0.10", results.get(0).summary());
    assertEquals("cat 0.70, class1 0.20, class2 0.10", results.get(1).summary());
  }
}
