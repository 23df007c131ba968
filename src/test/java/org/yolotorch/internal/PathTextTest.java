// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.yolotorch.support.ChildJvm;

class PathTextTest {
  private static final List<String> NAMES =
      List.of("a", "a b+c%41.txt", "\u0444 \u043E+%41.txt", "\u732B", "e\u0301", "\uD83D\uDE00");

  @TempDir Path folder;

  @Test
  void textAndPathAreTheSame() {
    for (String name : NAMES) {
      assertEquals(name, PathText.of(PathText.of(name)));
      assertEquals(Path.of("x", name), PathText.resolve(Path.of("x"), name));
      assertEquals(name, PathText.nameOf(PathText.resolve(Path.of("x"), name)));
    }
  }

  @Test
  void whatIsNoPathIsRefused() {
    assertThrows(InvalidPathException.class, () -> PathText.of("a\0\u0444"));
    assertEquals("; check it.", PathText.advice("a\0\u0444", "; check it."));
    assertEquals("; check it.", PathText.advice("a", "; check it."));
    assertTrue(PathText.advice("\uFFFD", "; check it.").contains(" start Java with LC_ALL="));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void alsoInALocaleOfAscii() throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(ChildJvm.command(List.of(), WritesNames.class, folder));
    builder.environment().put("LC_ALL", "C");
    Process process = builder.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    for (String name : NAMES) {
      assertEquals("x", Files.readString(PathText.resolve(folder, name)), said);
      assertEquals("y", Files.readString(PathText.resolve(folder, "d" + name + "/" + name)), said);
    }
  }

  /** Writes files of all names, and fails where a path does not give its text back. */
  static final class WritesNames {
    private WritesNames() {}

    public static void main(String[] args) throws Exception {
      Path folder = Path.of(args[0]);
      for (String name : NAMES) {
        Path file = PathText.resolve(folder, name);
        WholeFile.write(file, part -> Files.writeString(part, "x"));
        check(name, PathText.nameOf(file));
        check(name, PathText.of(folder.relativize(file)));
        check(folder + "/" + name, PathText.of(file));
        check(folder + "/" + name, PathText.of(PathText.of(folder + "/" + name)));
        Path inner = Files.createDirectory(PathText.resolve(folder, "d" + name));
        Files.writeString(PathText.resolve(inner, name), "y");
        check("d" + name, PathText.nameOf(inner));
        check(
            "d" + name + "/" + name,
            PathText.of(folder.relativize(inner.resolve(file.getFileName()))));
      }
    }

    private static void check(String expected, String came) {
      if (!expected.equals(came)) {
        throw new AssertionError(expected + " became " + came);
      }
    }
  }
}
