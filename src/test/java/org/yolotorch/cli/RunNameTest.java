// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names of runs that no file system takes are refused before a model is looked for. */
class RunNameTest extends CommandLineRun {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "predict source=x, a, 300, name",
    "predict source=x, a, 252, name",
    "predict source=x, \u732B, 84, name",
    "predict source=x, \uD83D\uDC31, 63, name",
    "predict source=x save=False save_txt, a, 300, name",
    "val data=x, a, 300, name",
    "benchmark, a, 300, name",
    "predict source=x exist_ok, a, 256, name",
    "predict source=x name=y, a, 300, project",
    "val data=x, a, 256, project"
  })
  void longNamesAreRefusedFirst(String start, String sign, int times, String key) {
    String value = sign.repeat(times);
    String path = key.equals("name") ? "sub/" + value : folder.resolve("none/" + value).toString();
    String[] words = (start + " model=no-such-model.pt").split(" ");
    String[] args = java.util.Arrays.copyOf(words, words.length + 2);
    args[words.length] = key + "=" + path;
    args[words.length + 1] =
        key.equals("name") ? "project=" + folder.resolve("new/deep") : "verbose=True";
    assertEquals(Main.WRONG_USAGE, run(args), err);
    assertTrue(err.startsWith(key + " must be a path whose parts have at most "), err);
    assertTrue(
        err.contains("' has " + value.getBytes(java.nio.charset.StandardCharsets.UTF_8).length),
        err);
    assertEquals(1, err.lines().count(), err);
    assertTrue(Files.notExists(folder.resolve("new")) && Files.notExists(folder.resolve("none")));
  }

  /** The longest that is taken goes on to look for the model. */
  @Test
  void theLongestIsTaken() {
    for (String[] more : new String[][] {{"251", ""}, {"255", "exist_ok"}}) {
      int code =
          run(
              "predict",
              "source=x.jpg",
              "model=" + folder.resolve("no-such.pt"),
              "project=" + folder.resolve("new"),
              "name=" + "a".repeat(Integer.parseInt(more[0])),
              more[1]);
      assertEquals(Main.FAILED, code, err);
      assertTrue(!err.contains("name must"), err);
    }
  }
}
