// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.yolotorch.Detections;
import org.yolotorch.ImageSize;
import org.yolotorch.Result;
import org.yolotorch.Speed;
import org.yolotorch.Task;
import org.yolotorch.support.Results;

class MeanSpeedTest {
  private final MeanSpeed times = new MeanSpeed();

  private static Result result(int side, Speed speed) {
    return Result.of(
        Task.DETECT,
        Results.image(0),
        ImageSize.square(side),
        Map.of(),
        speed,
        Detections.ofBoxes(List.of()));
  }

  @Test
  void theFirstCallOfASizeIsLeftOutAndItsPreparationTold() {
    Result first = result(64, new Speed(100, 90, 80, 300));
    times.add(List.of(first, first));
    assertEquals(new Speed(100, 90, 80, 300), times.mean());
    times.add(List.of(result(64, new Speed(1, 2, 3))));
    times.add(List.of(result(32, new Speed(70, 60, 50, 200))));
    assertEquals(new Speed(1, 2, 3, 200), times.mean());
    times.add(List.of(result(32, new Speed(3, 6, 9)), result(32, new Speed(2, 4, 6))));
    assertEquals(new Speed(2, 4, 6, 800 / 6.0), times.mean());
    assertEquals(800, times.preparation());
  }

  @Test
  void alsoWhereNothingWasPrepared() {
    times.add(List.of(result(64, new Speed(100, 90, 80))));
    times.add(List.of(result(64, new Speed(1, 2, 3))));
    assertEquals(new Speed(1, 2, 3), times.mean());
    assertEquals(0, times.preparation());
  }

  @Test
  void callsThatPreparedAreFirstWhateverTheirSize() {
    times.add(List.of(result(64, new Speed(100, 90, 80, 10))));
    times.add(List.of(result(64, new Speed(100, 90, 80, 20))));
    times.add(List.of(result(64, new Speed(4, 5, 6))));
    assertEquals(new Speed(4, 5, 6, 10), times.mean());
  }
}
