// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.runner;

import java.util.List;

/** How processes of this runner start others. */
final class Jvm {
  private Jvm() {}

  /** The command up to the main class: the JVM of this process, its class path, no tuning. */
  static List<String> command() {
    return List.of(
        java(),
        "--enable-native-access=ALL-UNNAMED",
        "-Djava.awt.headless=true",
        "-cp",
        System.getProperty("java.class.path"));
  }

  static String java() {
    return System.getProperty("java.home") + "/bin/java";
  }
}
