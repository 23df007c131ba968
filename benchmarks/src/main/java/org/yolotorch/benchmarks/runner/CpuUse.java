// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Seconds of processor time since the machine started.
 *
 * @param own those of some processes
 * @param busy those of all
 * @param total those there were, idle ones included
 */
record CpuUse(double own, double busy, double total) {
  /** The kernel counts in hundredths. */
  private static final double TICKS = 100;

  static CpuUse now(List<ProcessHandle> processes) throws IOException {
    String[] words =
        Files.readAllLines(Path.of("/proc/stat")).get(0).replaceAll("^cpu +", "").split(" ");
    double total = 0;
    // user nice system idle iowait irq softirq steal; guests are counted in user already.
    for (int i = 0; i < 8; i++) {
      total += Double.parseDouble(words[i]) / TICKS;
    }
    double idle = (Double.parseDouble(words[3]) + Double.parseDouble(words[4])) / TICKS;
    double own = 0;
    for (ProcessHandle process : processes) {
      own += process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
    }
    return new CpuUse(own, total - idle, total);
  }

  /** Part of all processor time from this moment to that one that other processes used, 0 to 1. */
  double othersUntil(CpuUse later) {
    double others = later.busy - busy - (later.own - own);
    return Math.max(0, others) / Math.max(later.total - total, 1 / TICKS);
  }
}
