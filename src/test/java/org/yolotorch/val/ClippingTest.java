// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.val;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.yolotorch.Result;
import org.yolotorch.Xy;
import org.yolotorch.Xyxy;
import org.yolotorch.support.Results;

class ClippingTest {
  @Test
  void boxesAndKeypointsLieInThePicture() {
    Result wide =
        Results.pose(
            List.of(Results.box(0, 1, -5, -6, 205, 50)),
            List.of(Results.keypoints(-3, 120, 0.5f, 30, 40, 1)));
    Result clipped = Clipping.clip(wide);
    assertEquals(new Xyxy(0, 0, 200, 50), clipped.boxes().get(0).xyxy());
    assertEquals(List.of(new Xy(0, 100), new Xy(30, 40)), clipped.keypoints().get(0).xy());
    assertEquals(wide.speed(), clipped.speed());
    assertEquals(new Xyxy(-5, -6, 205, 50), wide.boxes().get(0).xyxy());
  }
}
