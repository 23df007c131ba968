// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.support;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Runs a class in a JVM of its own, without the checks this one runs under. */
public final class ChildJvm {
  private ChildJvm() {}

  /** A java of version 21 or newer, or null if none is here. */
  public static Path newestJava() throws IOException {
    if (Runtime.version().feature() >= 21) {
      return Path.of(System.getProperty("java.home"), "bin", "java");
    }
    Path folder = Path.of("/usr/lib/jvm");
    if (!Files.isDirectory(folder)) {
      return null;
    }
    try (Stream<Path> homes = Files.list(folder)) {
      return homes
          .filter(home -> home.getFileName().toString().matches(".*\\b2[1-9]\\b.*"))
          .map(home -> home.resolve("bin/java"))
          .filter(Files::isExecutable)
          .max(Comparator.comparing(Path::toString))
          .orElse(null);
    }
  }

  /** What a process that ended printed on standard output and on standard error. */
  public record Output(String out, String err) {}

  /** What the class printed; fails unless it ended well and with nothing on standard error. */
  public static String run(List<String> options, Class<?> main, Object... args)
      throws IOException, InterruptedException {
    return quiet(outputs(command(options, main, args)));
  }

  /** As {@link #run}, with another java than this one. */
  public static String runWith(Path java, List<String> options, Class<?> main, Object... args)
      throws IOException, InterruptedException {
    return quiet(outputs(command(java, options, main, args)));
  }

  /** What the command printed; fails unless it ended well. */
  public static Output outputs(List<String> command) throws IOException, InterruptedException {
    Path err = Files.createTempFile("yolotorch-test", ".err");
    try {
      Process process = Hang.start(new ProcessBuilder(command).redirectError(err.toFile()));
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int code = process.waitFor();
      Output printed = new Output(out.strip(), Files.readString(err).strip());
      assertEquals(0, code, printed.toString());
      return printed;
    } finally {
      Files.delete(err);
    }
  }

  private static String quiet(Output printed) {
    assertEquals("", printed.err(), printed.toString());
    return printed.out();
  }

  /** Starts the class, with both outputs as one; the caller waits for it or ends it. */
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
}
