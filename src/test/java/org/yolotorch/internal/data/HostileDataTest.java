// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yolotorch.Task;
import org.yolotorch.YoloException;

/** Files that somebody changed end in labels or in one sentence, never in another exception. */
class HostileDataTest {
  private static final int ROUNDS = Boolean.getBoolean("yolotorch.long") ? 5_000 : 500;
  private static final String YAML =
      "path: .\ntrain: images\nval: [images, list.txt]\nnc: 2\nnames:\n  0: cat\n  '1': dog\n"
          + "kpt_shape: [2, 3]\n";
  private static final String LABELS =
      "0 0.5 0.5 0.2 0.4\n1 0.1 0.1 0.9 0.1 0.9 0.9 0.1 0.9\n"
          + "0 0.5 0.5 0.2 0.4 0.1 0.2 2 0.3 0.4 0\n";
  private static final String LIST = "images/a.jpg\n./images/b.png\n\nlist.txt\n";

  /** What means something in one of the files. */
  private static final List<String> BITS =
      List.of(
          "&a ",
          "*a",
          "[*a]",
          "{",
          "}",
          "[",
          "]",
          "- ",
          ": ",
          "? ",
          "!!int ",
          "!x ",
          "|\n",
          ">\n",
          "'",
          "\"",
          "\\0",
          "\\x1b",
          "#",
          "%",
          "@",
          "`",
          "~",
          "null",
          "---\n",
          "...\n",
          "\t",
          "\r",
          "\n",
          "\0",
          "\u001b[2J",
          "\uFEFF",
          "\uFFFF",
          "\uD800",
          "..",
          "/",
          "../../",
          ".jpg",
          ".",
          "-1",
          "1e999",
          "NaN",
          "0x",
          "99999999999999999999",
          "-0.0",
          "1.01",
          "<<: *a\n",
          " ",
          "\\");

  @TempDir Path folder;

  private final Random random = new Random(11);

  @BeforeEach
  void pictures() throws IOException {
    Files.createDirectories(folder.resolve("images"));
    Files.createDirectories(folder.resolve("labels"));
    for (String name : List.of("a.jpg", "b.png")) {
      Files.createFile(folder.resolve("images").resolve(name));
    }
  }

  private byte[] mutant(String seed) {
    StringBuilder text = new StringBuilder(seed);
    for (int i = random.nextInt(4); i >= 0; i--) {
      int from = random.nextInt(text.length() + 1);
      int to = Math.min(text.length(), from + random.nextInt(1 + random.nextInt(30)));
      String bit = BITS.get(random.nextInt(BITS.size()));
      switch (random.nextInt(5)) {
        case 0 -> text.delete(from, to);
        case 1 -> text.replace(from, to, bit);
        case 2 -> text.insert(random.nextInt(text.length() + 1), text.substring(from, to));
        default -> text.insert(from, bit);
      }
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    if (bytes.length > 0 && random.nextInt(4) == 0) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return random.nextInt(40) == 0 ? Arrays.copyOf(bytes, random.nextInt(100)) : bytes;
  }

  private void check(String sentence) {
    assertEquals(1, sentence.lines().count(), sentence);
    assertTrue(sentence.length() < 4000, sentence);
    assertTrue(sentence.chars().noneMatch(c -> c < ' '), sentence);
  }

  /** The labels read, or -1 if they were refused. */
  private int open(Task task) {
    DataPlaces places = new DataPlaces(folder, Map.of());
    try {
      DataFile data = DataFile.read(folder.resolve("data.yaml"), "val", places, this::check);
      Dataset set =
          Dataset.open(data, new LabelFormat(task, data.names().size(), 2, 3), places, this::check);
      for (Dataset.Item item : set.items()) {
        for (Label label : item.labels()) {
          assertTrue(label.classId() >= 0 && label.classId() < data.names().size());
          assertTrue(label.box().area() >= 0 && label.box().area() < 1.1);
        }
      }
      return set.items().stream().mapToInt(item -> item.labels().size()).sum();
    } catch (YoloException e) {
      assertTrue(
          e instanceof YoloException.InvalidData || e instanceof YoloException.NotFound,
          e.toString());
      check(e.getMessage());
      return -1;
    }
  }

  @Test
  void changedFilesEndInOneSentence() throws IOException {
    int[] answers = new int[2];
    List<Task> tasks = List.of(Task.DETECT, Task.SEGMENT, Task.POSE, Task.OBB);
    String[] lines = LABELS.split("\n");
    for (int i = 0; i < ROUNDS; i++) {
      int changed = random.nextInt(3);
      byte[] yaml = YAML.getBytes(StandardCharsets.UTF_8);
      byte[] list = LIST.getBytes(StandardCharsets.UTF_8);
      Files.write(folder.resolve("data.yaml"), changed == 0 ? mutant(YAML) : yaml);
      Files.write(folder.resolve("list.txt"), changed == 1 ? mutant(LIST) : list);
      for (String name : List.of("a.txt", "b.txt")) {
        String line = lines[random.nextInt(lines.length)] + "\n";
        byte[] sound = line.getBytes(StandardCharsets.UTF_8);
        boolean hit = changed == 2 && name.equals("a.txt");
        Files.write(folder.resolve("labels").resolve(name), hit ? mutant(line) : sound);
      }
      answers[open(tasks.get(random.nextInt(tasks.size()))) < 0 ? 0 : 1]++;
    }
    assertTrue(answers[0] > ROUNDS / 20 && answers[1] > ROUNDS / 20, Arrays.toString(answers));
  }

  /** What is expanded only when somebody prints it. */
  @Test
  void referencesAreNotExpanded() throws IOException {
    StringBuilder yaml = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      String all = String.join(", ", java.util.Collections.nCopies(4, "*a" + (i - 1)));
      yaml.append("a" + i + ": &a" + i + " [" + all + "]\n");
    }
    for (String key : List.of("nc", "path", "val", "names", "kpt_shape", "validation")) {
      String rest = "val: images\nnames: [cat]\n".replaceAll("(?m)^" + key + ":.*\n", "");
      Files.writeString(folder.resolve("data.yaml"), yaml + key + ": *a11\n" + rest);
      Files.writeString(folder.resolve("labels/a.txt"), "0 0.5 0.5 0.2 0.4");
      assertEquals(key.equals("validation") ? 1 : -1, open(Task.DETECT), key);
    }
    Files.writeString(folder.resolve("data.yaml"), "[".repeat(1 << 20));
    assertEquals(-1, open(Task.DETECT));
    Files.writeString(folder.resolve("data.yaml"), "{a: ".repeat(1 << 20));
    assertEquals(-1, open(Task.DETECT));
  }
}
