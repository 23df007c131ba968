// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs a class in a JVM of its own, without the checks this one runs under. */
public final class ChildJvm {
  private ChildJvm() {}

  /** What the class printed; fails unless it ended well. */
  public static String run(List<String> options, Class<?> main, Object... args)
      throws IOException, InterruptedException {
    Process process = start(options, main, args);
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), printed);
    return printed.strip();
  }

  /** Starts the class; the caller waits for it or ends it. */
  public static Process start(List<String> options, Class<?> main, Object... args)
      throws IOException {
    return builder(options, main, args).redirectErrorStream(true).start();
  }

  /** What starts the class; the caller may choose its environment and folder. */
  public static ProcessBuilder builder(List<String> options, Class<?> main, Object... args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Djava.awt.headless=true");
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    for (Object arg : args) {
      command.add(arg.toString());
    }
    return new ProcessBuilder(command);
  }
}
