// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Completion as a zsh at a terminal does it. */
class ZshCompletionTest extends CommandLineRun {
  /** Lets Ctrl-T complete the line, then tell what it became and what was offered. */
  private static final String SETUP =
      """
      PS1= PS2=
      autoload -Uz compinit
      compinit -u -d $1/dump
      source $1/_yolo
      typeset -ga offered
      compadd() {
        local -a matches
        builtin compadd -O matches "$@"
        offered+=($matches)
        builtin compadd "$@"
      }
      complete-and-tell() {
        offered=()
        zle complete-word
        print -rl -- '' "line:$BUFFER" $offered told
        BUFFER=
      }
      zle -N complete-and-tell
      bindkey '^T' complete-and-tell
      """;

  /** Types a line, and Ctrl-T behind it, into a shell of its own. */
  private static final String DRIVER =
      """
      zmodload zsh/zpty || exit
      zpty shell zsh -f -i
      zpty -w shell "set -- ${(q)1}; source ${(q)1}/setup; print REA''DY"
      zpty -r shell said '*READY*'
      zpty -w -n shell "$2"$'\\x14'
      zpty -r shell said '*told*'
      print -r -- "$said"
      """;

  @TempDir Path folder;

  @BeforeEach
  void writeScripts() throws IOException {
    Assumptions.assumeTrue(
        isThere("zsh"), "zsh is not on the PATH; install it to test its completion.");
    assertEquals(0, run("completion", "zsh"));
    Files.writeString(folder.resolve("_yolo"), out);
    Files.writeString(folder.resolve("setup"), SETUP);
    Files.writeString(folder.resolve("driver"), DRIVER);
  }

  /** The line as completed, then what was offered. */
  private List<String> complete(String line) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("zsh", "-f", folder + "/driver", folder.toString(), line)
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    List<String> lines = said.lines().map(String::stripTrailing).toList();
    int start = 0;
    while (start < lines.size() && !lines.get(start).startsWith("line:")) {
      start++;
    }
    assertTrue(start < lines.size(), said);
    List<String> told = lines.subList(start, lines.indexOf("told"));
    assertFalse(told.stream().anyMatch(text -> text.contains("not found")), said);
    return told;
  }

  @Test
  void modesWordsAndTasks() throws Exception {
    assertEquals(List.of("line:yolo predict", "predict"), complete("yolo pr"));
    assertTrue(complete("yolo ").containsAll(List.of("predict", "val", "checks", "obb")));
  }

  @Test
  void argumentsOfTheMode() throws Exception {
    assertEquals(
        List.of("line:yolo predict save_csv=", "save_csv"), complete("yolo predict save_cs"));
    List<String> saves = complete("yolo val save_");
    assertEquals(List.of("save_txt", "save_conf", "save_json"), saves.subList(1, saves.size()));
    assertFalse(complete("yolo predict ").contains("augment"));
    assertFalse(complete("yolo export ").contains("save_txt"));
  }

  @Test
  void valuesOfArguments() throws Exception {
    assertEquals(
        List.of("line:yolo predict save_txt=", "True", "False"),
        complete("yolo predict save_txt="));
    assertEquals(List.of("line:yolo predict task=pose", "pose"), complete("yolo predict task=p"));
    Path file = Files.createFile(folder.resolve("model.pt"));
    assertEquals(
        "line:yolo predict model=" + file,
        complete("yolo predict model=" + folder + "/mo").get(0).strip());
  }
}
