// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yolotorch.support.ChildJvm;

/** In JVMs of their own, which log to standard error as Java does. */
class NativeWarningsTest {
  @TempDir Path folder;

  @Test
  void nothingIsPrintedByDefault() throws Exception {
    assertEquals("0", ChildJvm.run(List.of(), Warn.class));
  }

  @Test
  void eachIsLoggedOnceAtDebug() throws Exception {
    Path settings = folder.resolve("logging.properties");
    Files.write(
        settings,
        List.of(
            "handlers=java.util.logging.ConsoleHandler",
            "java.util.logging.ConsoleHandler.level=FINE",
            "org.yolotorch.level=FINE",
            "java.util.logging.SimpleFormatter.format=%3$s %4$s %5$s%n"));
    List<String> options =
        List.of("-Djava.util.logging.config.file=" + settings, "-Duser.language=en");
    ChildJvm.Output printed = ChildJvm.outputs(ChildJvm.command(options, Warn.class));
    List<String> lines = printed.err().lines().toList();
    assertEquals(2, lines.size(), printed.err());
    for (String line : lines) {
      assertTrue(line.startsWith("org.yolotorch FINE LibTorch: "), line);
      assertTrue(line.endsWith("a warning, made for a test"), line);
    }
  }

  /** Makes two warnings of LibTorch and logs them. */
  static final class Warn {
    public static void main(String[] args) {
      NativeLoader.load();
      int code = Natives.failForTest(6) + Natives.failForTest(6);
      NativeWarnings.log();
      NativeWarnings.log();
      System.out.println(code);
    }
  }
}
