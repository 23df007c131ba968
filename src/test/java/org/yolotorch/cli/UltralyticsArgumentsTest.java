// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A command line that was written for Ultralytics is taken, whatever the mode. */
class UltralyticsArgumentsTest {
  private static final List<Mode> MODES =
      List.of(Mode.PREDICT, Mode.VAL, Mode.EXPORT, Mode.BENCHMARK);

  @TempDir Path folder;

  /** An argument with a value it takes there. */
  private record Known(String key, String value, List<String> modes) {
    String in(Mode mode, Path cfg) {
      return key + "=" + value.replace("{mode}", mode.id()).replace("{cfg}", cfg.toString());
    }
  }

  private static List<Known> all() throws IOException {
    List<Known> all = new ArrayList<>();
    try (InputStream in =
        UltralyticsArgumentsTest.class.getResourceAsStream("ultralytics-arguments.txt")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (String line : text.lines().filter(line -> !line.startsWith("#")).toList()) {
        String[] parts = line.split(" \\| ");
        all.add(new Known(parts[0], parts[1], List.of(parts[2].split(" "))));
      }
    }
    return all;
  }

  @Test
  void everyArgumentIsTakenInEveryMode() throws IOException {
    Path cfg = Files.writeString(folder.resolve("own.yaml"), "conf: 0.5\n");
    List<Known> all = all();
    TreeMap<String, String> refused = new TreeMap<>();
    for (Known known : all) {
      for (Mode mode : MODES) {
        String argument = known.in(mode, cfg);
        try {
          List<String> warnings = CommandLine.parse(mode.id(), argument).warnings();
          assertTrue(warnings.size() <= 1, argument + ": " + warnings);
          // What there is a value of here is taken, and everything else told.
          Argument own = Argument.find(known.key());
          boolean taken = own != null && own.belongsTo(mode) && !own.isWithoutEffect(mode);
          boolean asDefault = known.value().equals("[]") || own == Argument.MODE;
          assertEquals(taken || asDefault ? 0 : 1, warnings.size(), argument + ": " + warnings);
        } catch (UsageException e) {
          refused.put(known.key(), mode.id() + ": " + e.getMessage());
        }
      }
    }
    int accepted = all.size() - refused.size();
    System.out.println(
        "FIGURE ultralytics_known_arguments=" + accepted + " of " + all.size() + " accepted");
    assertEquals(new TreeMap<>(), refused);
  }

  /** All of them at once, before the mode and with dashes. */
  @Test
  void oneLineMayHoldAll() throws IOException {
    Path cfg = Files.writeString(folder.resolve("own.yaml"), "conf: 0.5\n");
    for (Mode mode : MODES) {
      List<String> line = new ArrayList<>();
      for (Known known : all()) {
        line.add("--" + known.in(mode, cfg));
      }
      line.add(mode.id());
      CommandLine parsed = CommandLine.parse(line.toArray(String[]::new));
      assertEquals(mode, parsed.mode());
      int distinct = new TreeSet<>(parsed.warnings()).size();
      assertEquals(distinct, parsed.warnings().size(), "each is told once");
    }
  }

  /** A file of all arguments, as Ultralytics' own of its defaults, is taken without a word. */
  @Test
  void aFileMayHoldWhatOtherModesTake() throws IOException {
    StringBuilder text = new StringBuilder("mode: train\n");
    for (Known known : all()) {
      Argument argument = Argument.find(known.key());
      if (argument == null || !argument.belongsTo(Mode.PREDICT)) {
        text.append(known.key()).append(": ").append(known.value()).append('\n');
      }
    }
    text.append("model:\nconf:\nimgsz: 320\n");
    Path cfg = Files.writeString(folder.resolve("default.yaml"), text);
    CommandLine line = CommandLine.parse("predict", "cfg=" + cfg);
    assertEquals(320, line.values().size(Argument.IMGSZ).width());
    for (String warning : line.warnings()) {
      assertTrue(warning.contains("' is now '"), warning);
    }
  }

  @Test
  void everyRowIsOfItsOwn() throws IOException {
    TreeSet<String> keys = new TreeSet<>();
    for (Known known : all()) {
      assertTrue(keys.add(known.key()), known.key());
      assertTrue(known.modes().size() > 0);
    }
    for (Argument argument : Argument.values()) {
      assertTrue(
          argument.isOwn() || keys.contains(argument.key()),
          argument.key() + " is neither in the list nor of this program alone");
    }
  }
}
