// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Time per stage of a run. */
final class Profile {
  /** The stages of a picture, in order. */
  enum Stage {
    DECODE,
    PREPARATION,
    PREPROCESS,
    INFERENCE,
    POSTPROCESS,
    DRAW,
    ENCODE,
    WRITE
  }

  private final Map<Stage, Times> times = new EnumMap<>(Stage.class);
  private long start;

  /** Notes how long a stage took for one picture. */
  void add(Stage stage, double nanos) {
    if (times.isEmpty()) {
      // Loading the model is not part of it, but the first picture is.
      start = System.nanoTime() - Math.round(nanos);
    }
    times.computeIfAbsent(stage, key -> new Times()).add(nanos / 1e6);
  }

  /** A table in milliseconds; decoding runs beside the others, and so adds nothing to the whole. */
  void print(Console console) {
    double seconds = (System.nanoTime() - start) / 1e9;
    console.line("stage          mean   median      p95      max  ms a picture");
    for (Map.Entry<Stage, Times> entry : times.entrySet()) {
      double[] sorted = entry.getValue().sorted();
      console.line(
          String.format(
              Locale.ROOT,
              "%-11s %7.2f  %7.2f  %7.2f  %7.2f",
              entry.getKey().name().toLowerCase(Locale.ROOT),
              Arrays.stream(sorted).average().orElse(0),
              sorted[sorted.length / 2],
              sorted[Math.min(sorted.length - 1, sorted.length * 95 / 100)],
              sorted[sorted.length - 1]));
    }
    Times inference = times.get(Stage.INFERENCE);
    int count = inference == null ? 0 : inference.count;
    console.line(
        String.format(Locale.ROOT, "%d in %.2f s: %.1f a second", count, seconds, count / seconds));
  }

  private static final class Times {
    private double[] values = new double[64];
    private int count;

    void add(double value) {
      if (count == values.length) {
        values = Arrays.copyOf(values, count * 2);
      }
      values[count++] = value;
    }

    double[] sorted() {
      double[] sorted = Arrays.copyOf(values, count);
      Arrays.sort(sorted);
      return sorted;
    }
  }
}
