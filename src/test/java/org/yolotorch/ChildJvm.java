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
    return output(start(options, main, args));
  }

  /** As {@link #run}, with another java than this one. */
  public static String runWith(Path java, List<String> options, Class<?> main, Object... args)
      throws IOException, InterruptedException {
    return output(new ProcessBuilder(command(java, options, main, args)));
  }

  /** Starts the class; the caller waits for it or ends it. */
  public static Process start(List<String> options, Class<?> main, Object... args)
      throws IOException {
    return Hang.start(new ProcessBuilder(command(options, main, args)).redirectErrorStream(true));
  }

  /** The command that runs the class. */
  public static List<String> command(List<String> options, Class<?> main, Object... args) {
    return command(Path.of(System.getProperty("java.home"), "bin", "java"), options, main, args);
  }

  private static List<String> command(
      Path java, List<String> options, Class<?> main, Object... args) {
    List<String> command = new ArrayList<>();
    command.add(java.toString());
    command.add("-Djava.awt.headless=true");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    for (Object arg : args) {
      command.add(arg.toString());
    }
    return command;
  }

  private static String output(ProcessBuilder builder) throws IOException, InterruptedException {
    return output(Hang.start(builder.redirectErrorStream(true)));
  }

  private static String output(Process process) throws IOException, InterruptedException {
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), printed);
    return printed.strip();
  }
}
