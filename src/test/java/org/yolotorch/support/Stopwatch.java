// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.support;

import java.util.concurrent.Callable;

/**
 * Prints wall time as a FIGURE. No method returns one: it depends on what else the machine does, so
 * no test may assert on it.
 */
public final class Stopwatch {
  private Stopwatch() {}

  /** Prints how many milliseconds the fastest of so many runs took. */
  public static void figure(String name, int runs, Callable<?> work) throws Exception {
    Assets.figure(name, fastest(runs, work) / 1e6, "ms");
  }

  /** Prints how many times as long as its twin the work takes, in runs by turns. */
  public static void ratioFigure(String name, int runs, Callable<?> work, Callable<?> twin)
      throws Exception {
    long best = Long.MAX_VALUE;
    long bestOfTwin = Long.MAX_VALUE;
    for (int run = 0; run < runs; run++) {
      best = Math.min(best, fastest(1, work));
      bestOfTwin = Math.min(bestOfTwin, fastest(1, twin));
    }
    Assets.figure(name, (double) best / bestOfTwin, "ratio");
  }

  private static long fastest(int runs, Callable<?> work) throws Exception {
    long best = Long.MAX_VALUE;
    for (int run = 0; run < runs; run++) {
      long start = System.nanoTime();
      work.call();
      best = Math.min(best, System.nanoTime() - start);
    }
    return best;
  }
}
