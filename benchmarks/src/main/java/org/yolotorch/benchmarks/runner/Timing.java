// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.runner;

import java.util.Arrays;
import java.util.List;

/**
 * Milliseconds of one peer in one interleaved run.
 *
 * @param min the smallest: what the machine can do when nobody disturbs
 * @param median the middle one: what is usual
 */
record Timing(double min, double median) {
  static Timing of(List<Double> millis) {
    return new Timing(
        millis.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN), median(millis));
  }

  /** The middle value, or the mean of the middle two; NaN if there is none. */
  static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    if (sorted.length == 0) {
      return Double.NaN;
    }
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
