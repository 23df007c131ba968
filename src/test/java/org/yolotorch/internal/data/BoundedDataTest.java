// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yolotorch.ErrorCode;
import org.yolotorch.Task;
import org.yolotorch.YoloException;

/** Data sets that are small as files and large, endless or odd as what they stand for. */
class BoundedDataTest extends DataCase {
  private static final String REST = "\nval: images/val\nnames: [cat, dog]\n";

  /** As long as a value can be with room for others. */
  private static final int LONG = 300_000;

  /** The message of a data set that must be refused: one line of usual length. */
  private String refusal() {
    YoloException error = assertThrows(YoloException.class, this::open);
    assertEquals(ErrorCode.INVALID_DATA, error.code(), error.getMessage());
    return plain(error.getMessage());
  }

  private static String plain(String message) {
    assertEquals(1, message.lines().count(), message);
    assertTrue(message.length() < 1000, () -> message.length() + ": " + message);
    assertTrue(message.endsWith("."), message);
    return message;
  }

  private void yaml(String text) throws IOException {
    data = write("set/data.yaml", text);
  }

  /** Lists of lists that hold themselves, or a power of nine of texts. */
  @ParameterizedTest
  @ValueSource(strings = {"nc", "path", "val", "names", "kpt_shape"})
  void anchorsAreNotExpanded(String key) throws IOException {
    String rest = REST.replaceAll("\n" + key + ":.*", "");
    for (String recursive :
        List.of(
            "&a [*a]",
            "&a {x: [*a]}",
            "&a [[[*a, *a]], {b: *a}]",
            "{? &a [*a] : b}",
            "&a {? *a : *a}",
            "&a [&b [*a, *b], *b]")) {
      yaml(key + ": " + recursive + rest);
      refusal();
    }
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 30; i++) {
      bomb.append("a" + i + ": &a" + i + " [");
      bomb.append(String.join(",", Collections.nCopies(9, "*a" + (i - 1)))).append("]\n");
    }
    yaml(bomb + key + ": *a29" + rest);
    refusal();
  }

  @Test
  void filesOfMoreThanAMegabyteAreNotParsed() throws IOException {
    yaml("# " + "x".repeat(1 << 20) + REST);
    assertTrue(refusal().contains("' must be a text file of at most 1 MiB, but has more"));
  }

  @Test
  void anchorsElsewhereAreOfNoMatter() throws IOException {
    yaml("more: &a {x: [*a], y: &b [*b, *a]}" + REST);
    assertEquals(3, open().items().size());
  }

  /** A long text that is named ten thousand times. */
  @Test
  void aLongNameIsRefusedOnce() throws IOException {
    yaml(
        "x: &x "
            + "n".repeat(LONG)
            + "\nval: images/val\nnames: ["
            + String.join(",", Collections.nCopies(10_000, "*x"))
            + "]\n");
    assertTrue(refusal().contains("texts of at most 1000 characters in names"));
  }

  @Test
  void aPlaceThatComesOftenAgainIsLookedForOnce() throws IOException {
    yaml(
        "x: &x images/val\nval: ["
            + String.join(",", Collections.nCopies(100_000, "*x"))
            + "]\nnames: [cat, dog]\n");
    assertEquals(1, file().pictures().size());
    assertEquals(3, open().items().size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nc: X",
        "path: X",
        "val: X",
        "val: [a, X]",
        "names: X",
        "names: {X: a}",
        "kpt_shape: [X]",
        "names: [cat, X]",
        "nc: 'X\\e[2J'"
      })
  void longValuesAreShownInPart(String line) throws IOException {
    String key = line.substring(0, line.indexOf(':'));
    String rest = REST.replaceAll("\n" + key + ":.*", "");
    for (String sign : List.of("y", "7", "../")) {
      yaml(line.replace("X", sign.repeat(LONG / sign.length())) + rest);
      refusal();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"*X", "&X ", "!X a", "%X", "'X", "\"\\X\"", "{X", "- X: [", "&a X: *b", "X: a: b"})
  void faultsOfYamlAreShort(String line) throws IOException {
    yaml(line.replace("X", "y".repeat(LONG)));
    refusal();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{a: ", "- ", "? ", "[{a: [", "- - ? "})
  void deepNestingIsRefused(String step) throws IOException {
    for (int depth : new int[] {10_000, 300_000}) {
      yaml(
          "more: "
              + (step.startsWith("-") || step.startsWith("?") ? "\n  " : "")
              + step.repeat(depth / step.length()));
      refusal();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"val", "path", "names", "nc", "kpt_shape"})
  void encodedBytesAreNoText(String key) throws IOException {
    String rest = REST.replaceAll("\n" + key + ":.*", "");
    for (String value :
        List.of(
            "!!binary aW1hZ2Vz",
            "[!!binary aW1hZ2Vz]",
            "!!binary '!'",
            "!!binary \"\"",
            "!<tag:yaml.org,2002:binary> aW1hZ2Vz")) {
      yaml(key + ": " + value + rest);
      refusal();
    }
    yaml("val: !!binary aW1hZ2Vz\nnames: [cat, dog]\n");
    assertTrue(refusal().contains("the binary value 'aW1hZ2Vz' came in line 1"));
  }

  /** Names without suffix are no pictures, whatever else the list holds. */
  @Test
  void listedFilesWithoutSuffixAreNoPictures() throws IOException {
    String list =
        "/etc/passwd\nlist.txt\nimages\nimages/val/a.jpg/..\n.\n..\n/\nimages/val/a.\n"
            + "notes\n.jpg\nimages/val/.\n";
    write("set/list.txt", list + "images/val/a.jpg\n");
    yaml("val: list.txt\nnames: [cat, dog]\n");
    assertEquals(List.of("images/val/a.jpg"), pictures(open()));
    write("set/list.txt", list);
    YoloException none = assertThrows(YoloException.class, this::open);
    plain(none.getMessage());
    for (String name : new String[] {"images/a", "images/a.b/c", "images/.jpg", "a"}) {
      Path label = Dataset.labelFile(folder.resolve(name));
      assertTrue(label.toString().endsWith(".txt"), label.toString());
    }
  }

  /** Lines that are no paths of use: neither time nor memory grows with what they say. */
  @Test
  void linesOfListsAreBounded() throws IOException {
    yaml("val: list.txt\nnames: [cat, dog]\n");
    for (String line :
        List.of(
            "x/".repeat(LONG / 2),
            "x/".repeat(LONG) + "../".repeat(LONG),
            "../".repeat(LONG / 3),
            "y".repeat(LONG),
            "a\0b.jpg")) {
      write("set/list.txt", "images/val/a.jpg\n" + line + "/a.jpg\n");
      refusal();
    }
    write(
        "set/list.txt", ("x/".repeat(60) + "../".repeat(60) + "images/val/a.jpg\n").repeat(20_000));
    assertEquals(List.of("images/val/a.jpg"), pictures(open()));
  }

  @Test
  void labelsAreBounded() throws IOException {
    for (String text :
        List.of(
            "1".repeat(LONG) + "x",
            "0 " + "0.".repeat(LONG / 2),
            "0 " + "\u001b".repeat(LONG),
            "1e".repeat(LONG / 2),
            "1".repeat(9 << 20))) {
      write("set/labels/val/a.txt", text);
      warnings.clear();
      YoloException none = assertThrows(YoloException.class, this::open);
      assertEquals(ErrorCode.INVALID_DATA, none.code());
      plain(warnings.get(0));
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void linksThatLeadInCirclesEnd() throws IOException {
    Path set = folder.resolve("set");
    Files.createSymbolicLink(set.resolve("loop"), Path.of("loop"));
    yaml("val: loop\nnames: [cat, dog]\n");
    plain(assertThrows(YoloException.NotFound.class, this::open).getMessage());
    data = set.resolve("loop");
    plain(assertThrows(YoloException.NotFound.class, this::open).getMessage());
    yaml("val: images/val\nnames: [cat, dog]\n");
    Files.createSymbolicLink(set.resolve("images/val/up"), Path.of(".."));
    Files.createSymbolicLink(set.resolve("images/val/here"), Path.of("."));
    Files.createSymbolicLink(set.resolve("images/val/self.jpg"), Path.of("self.jpg"));
    assertTrue(open(Task.DETECT).items().size() >= 3);
    Files.createSymbolicLink(set.resolve("labels/val/b.txt"), Path.of("b.txt"));
    assertTrue(open(Task.DETECT).items().size() >= 3);
  }

  /** Twelve folders with links to all others: 12! ways through. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void linksBetweenFoldersHaveAnEnd() throws IOException {
    for (int from = 0; from < 12; from++) {
      Path at = Files.createDirectories(folder.resolve("set/images/val/d" + from));
      for (int to = 0; to < 12; to++) {
        Files.createSymbolicLink(at.resolve("to" + to), Path.of("../d" + to));
      }
    }
    assertTrue(refusal().contains("lead to the same folders more than"));
  }
}
