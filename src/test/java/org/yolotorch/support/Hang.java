// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.support;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * Waits for conditions, and ends what never ends. The limit says nothing about speed: it is ten
 * times and more what anything needs on a busy machine. Test methods have theirs in
 * junit-platform.properties.
 */
public final class Hang {
  private static final int LIMIT_MINUTES = 20;

  private Hang() {}

  /** Starts a process, and kills it should it hang, which ends its output too. */
  public static Process start(ProcessBuilder builder) throws IOException {
    Process process = builder.start();
    process
        .onExit()
        .orTimeout(LIMIT_MINUTES, TimeUnit.MINUTES)
        .exceptionally(
            timeout -> {
              process.destroyForcibly();
              return process;
            });
    return process;
  }

  /** Waits until the condition holds; fails should that never be. */
  public static void until(String condition, Callable<Boolean> holds) throws Exception {
    long start = System.nanoTime();
    while (!holds.call()) {
      if (System.nanoTime() - start > TimeUnit.MINUTES.toNanos(LIMIT_MINUTES)) {
        fail("This never became true: " + condition);
      }
      Thread.sleep(10);
    }
  }
}
