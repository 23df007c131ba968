// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;

/** What the numbers were measured on, in a sentence. */
final class Machine {
  private Machine() {}

  static String describe() throws IOException {
    String cpu =
        Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 2))
            .findFirst()
            .orElse("an unknown CPU");
    return "Measured on "
        + LocalDate.now()
        + " on "
        + Runtime.getRuntime().availableProcessors()
        + " cores of "
        + cpu
        + ", JDK "
        + Runtime.version()
        + ", load "
        + load()
        + " at the end.";
  }

  /** Processes that wanted to run during the last minute, on average. */
  static String load() throws IOException {
    return Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
  }
}
