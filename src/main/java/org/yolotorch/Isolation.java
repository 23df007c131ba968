// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import java.time.Duration;
import org.yolotorch.internal.Checks;

/**
 * Limits of the process that an isolated model runs in; see {@link LoadOptions#isolation()}.
 *
 * @param memoryBytes resident memory that the process may take, {@value #MIN_MEMORY} or more; its
 *     Java and LibTorch take some 300 MB of it
 * @param cpuTime processor time of all its threads together that a call may take, 1 ms or more
 */
public record Isolation(long memoryBytes, Duration cpuTime) {
  /** The least {@link #memoryBytes()}. */
  public static final long MIN_MEMORY = 512L << 20;

  private static final Isolation DEFAULTS = new Isolation(2L << 30, Duration.ofSeconds(60));

  /**
   * Checks the limits.
   *
   * @throws YoloException.InvalidArgument if one is out of its range
   */
  public Isolation {
    Checks.given("cpuTime", cpuTime);
    if (memoryBytes < MIN_MEMORY) {
      throw new YoloException.InvalidArgument(
          "memoryBytes must be "
              + MIN_MEMORY
              + " or more, but was "
              + memoryBytes
              + "; Java and LibTorch alone take more than half of that.");
    }
    if (cpuTime.compareTo(Duration.ofMillis(1)) < 0) {
      throw new YoloException.InvalidArgument(
          "cpuTime must be 1 ms or more, but was " + cpuTime + "; the default is a minute.");
    }
  }

  /** 2 GiB, and 60 seconds a call. */
  public static Isolation defaults() {
    return DEFAULTS;
  }
}
