// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class RawOutputTest {
  /** Columns: centre x, y, width, height, scores of two classes, one mask coefficient. */
  private static FloatBuffer output(float[]... anchors) {
    int rows = 7;
    FloatBuffer output = FloatBuffer.allocate(rows * anchors.length);
    for (int row = 0; row < rows; row++) {
      for (float[] anchor : anchors) {
        output.put(anchor[row]);
      }
    }
    return output.rewind();
  }

  @Test
  void keepsTheBestOfOverlappingBoxesOfAClass() {
    FloatBuffer output =
        output(
            new float[] {100, 100, 40, 20, 0.5F, 0.1F, 9},
            new float[] {101, 100, 40, 20, 0.75F, 0.1F, 9},
            new float[] {100, 100, 40, 20, 0.1F, 0.3F, 9},
            new float[] {300, 300, 10, 10, 0.25F, 0.1F, 9},
            new float[] {639, 2, 10, 10, 0.375F, 0.1F, 9});
    assertEquals(
        List.of(
            List.of(
                new Found(0, 0.75F, 81, 90, 121, 110),
                new Found(0, 0.375F, 634, 0, 640, 7),
                new Found(1, 0.3F, 80, 90, 120, 110))),
        RawOutput.decode(output, new long[] {1, 7, 5}, 1));
  }
}
