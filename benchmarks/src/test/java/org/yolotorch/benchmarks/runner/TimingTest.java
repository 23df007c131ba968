// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class TimingTest {
  @Test
  void takesTheMiddleOfAnOddNumber() {
    assertEquals(new Timing(1, 3), Timing.of(List.of(9.0, 1.0, 3.0)));
  }

  @Test
  void takesTheMeanOfTheMiddleTwoOfAnEvenNumber() {
    assertEquals(2.5, Timing.median(List.of(100.0, 2.0, 1.0, 3.0)));
  }

  @Test
  void tellsNothingOfNothing() {
    assertTrue(Double.isNaN(Timing.of(List.of()).min()));
    assertTrue(Double.isNaN(Timing.of(List.of()).median()));
  }
}
