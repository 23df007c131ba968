// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Memory of a process as the kernel counts it.
 *
 * @param resident MiB it has in memory now (VmRSS)
 * @param peak the most it ever had, loading included (VmHWM)
 */
record ProcessMemory(double resident, double peak) {
  static ProcessMemory ofThisProcess() throws IOException {
    return ofProcess("self");
  }

  /** Of the process of this number. */
  static ProcessMemory ofProcess(String process) throws IOException {
    double resident = Double.NaN;
    double peak = Double.NaN;
    for (String line : Files.readAllLines(Path.of("/proc/" + process + "/status"))) {
      String[] words = line.split("\\s+");
      switch (words[0]) {
        case "VmRSS:" -> resident = Double.parseDouble(words[1]) / 1024;
        case "VmHWM:" -> peak = Double.parseDouble(words[1]) / 1024;
        default -> {}
      }
    }
    return new ProcessMemory(resident, peak);
  }

  static ProcessMemory parse(String text) {
    String[] words = text.split(" ");
    return new ProcessMemory(Double.parseDouble(words[0]), Double.parseDouble(words[1]));
  }

  @Override
  public String toString() {
    return resident + " " + peak;
  }
}
