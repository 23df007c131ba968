// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yolotorch.ModelArchive;
import org.yolotorch.YoloException;
import org.yolotorch.support.Assets;
import org.yolotorch.support.ChildJvm;

/** R1 and R2: files damaged at random never harm the process, and never load unnoticed. */
class CorruptionTest {
  private static final int FILES = Boolean.getBoolean("yolotorch.long") ? 2_000 : 200;
  private static final int FLIPPED = 500;

  @TempDir static Path folder;

  private static Path sound;

  private final Map<String, Integer> outcomes = new TreeMap<>();
  private final List<String> foreign = new ArrayList<>();
  private int tried;

  @BeforeAll
  static void export() throws IOException {
    sound = Damage.smallNetwork(folder);
  }

  @Test
  void damageNeverHarmsTheProcess() throws Exception {
    int deaths = 0;
    while (tried < FILES) {
      int before = tried;
      if (!runFrom(tried)) {
        deaths++;
        foreign.add("the JVM died of file " + tried + ", or hung");
        tried++;
      }
      assertTrue(tried > before, "the child does not begin: " + foreign);
    }
    Assets.figure("R1_files", tried, "files");
    Assets.figure("R1_deaths", deaths, "JVMs");
    Assets.figure("R1_foreign_throwables", foreign.size(), "files");
    System.out.println("R1 outcomes " + outcomes);
    assertEquals("", String.join("\n", foreign));
    assertEquals(0, deaths);
    // Else the damage is such that nothing of LibTorch is ever reached, or nothing refused.
    assertTrue(outcomes.getOrDefault("predicted", 0) > 0, outcomes.toString());
    assertTrue(outcomes.getOrDefault("CorruptModel", 0) > FILES / 4, outcomes.toString());
  }

  /** Whether the child came to its end; {@link #tried} counts what it came to. */
  private boolean runFrom(int first) throws Exception {
    Process child = ChildJvm.start(List.of("-Xmx256m"), CorruptionMain.class, sound, FILES, first);
    try (BufferedReader reader = child.inputReader()) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (line.startsWith("RESULT ")) {
          record(line.substring(7).split("\t", 2));
        }
      }
    }
    return child.waitFor() == 0;
  }

  private void record(String[] result) {
    tried = Integer.parseInt(result[0]) + 1;
    if (result[1].contains("!")) {
      foreign.add(result[0] + " " + result[1]);
    }
    outcomes.merge(result[1], 1, Integer::sum);
  }

  @Test
  void flippedBitsAreNoticed() throws IOException {
    byte[] bytes = Files.readAllBytes(sound);
    Damage damage = new Damage(bytes, 7);
    Map<String, byte[]> expected = contents(bytes);
    Path file = folder.resolve("flipped.torchscript");
    int differ = 0;
    int same = 0;
    int refused = 0;
    int files = 0;
    while (differ < FLIPPED) {
      byte[] flipped = damage.flipped();
      files++;
      Files.write(file, flipped);
      boolean accepted = true;
      try {
        ModelArchive.verify(file);
      } catch (YoloException.CorruptModel | YoloException.UnsafeModel e) {
        accepted = false;
      }
      if (accepted && sameContents(expected, contents(flipped))) {
        same++;
      } else {
        differ++;
        refused += accepted ? 0 : 1;
      }
    }
    Assets.figure("R2_flipped", differ, "files");
    Assets.figure("R2_padding_only", same, "files");
    Assets.figure("R2_refused_percent", 100.0 * refused / differ, "%");
    assertEquals(differ, refused, "of " + files);
  }

  private static Map<String, byte[]> contents(byte[] file) {
    Map<String, byte[]> contents = new TreeMap<>();
    for (ForgedZip.Entry entry : ForgedZip.read(file).entries) {
      contents.put(entry.name, entry.content());
    }
    return contents;
  }

  private static boolean sameContents(Map<String, byte[]> a, Map<String, byte[]> b) {
    return a.keySet().equals(b.keySet())
        && a.entrySet().stream()
            .allMatch(e -> java.util.Arrays.equals(e.getValue(), b.get(e.getKey())));
  }
}
