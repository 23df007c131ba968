// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.support;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;

/**
 * CPU time of the calling thread, and what it allocated: time that other programs take on the same
 * core is no part of it.
 */
public final class CpuTime {
  private static final com.sun.management.ThreadMXBean THREADS =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

  private CpuTime() {}

  /** The CPU nanoseconds that this thread takes for the work. */
  public static long of(Callable<?> work) throws Exception {
    long start = THREADS.getCurrentThreadCpuTime();
    work.call();
    return THREADS.getCurrentThreadCpuTime() - start;
  }

  /** The bytes of Java's heap that this thread allocates for the work. */
  public static long bytesAllocatedBy(Callable<?> work) throws Exception {
    long start = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
    work.call();
    return THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - start;
  }

  /**
   * Asserts that the work takes at most so many times the CPU time of its twin. Each counts with
   * the fastest of so many runs, by turns. The ratio is printed as a FIGURE.
   */
  public static void assertRatio(
      String name, double most, int runs, Callable<?> work, Callable<?> twin) throws Exception {
    long best = Long.MAX_VALUE;
    long bestOfTwin = Long.MAX_VALUE;
    for (int run = 0; run < runs; run++) {
      best = Math.min(best, of(work));
      bestOfTwin = Math.min(bestOfTwin, of(twin));
    }
    double ratio = (double) best / bestOfTwin;
    Assets.figure(name, ratio, "ratio");
    assertTrue(ratio <= most, name + " was " + ratio + ", but should be at most " + most);
  }
}
