// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.codes.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yolotorch.Image;
import org.yolotorch.codes.Main;

/** Generated pictures, read and compared from the command line with the weights of this folder. */
class ReadTest {
  private static final int PICTURES = 12;

  @TempDir Path folder;

  @Test
  void generatedPicturesAreReadAndDrawn() throws IOException {
    generate();
    Files.writeString(pictures().resolve("a.jpg"), "no picture");
    Path drawn = folder.resolve("drawn");
    String lines = run("read", "source=" + pictures(), "out=" + drawn).replace("\r", "");
    long right = 0;
    try (Stream<Path> texts = Files.list(folder.resolve("set/texts/val"))) {
      for (Path file : texts.toList()) {
        right += Files.readAllLines(file).stream().filter(lines::contains).count();
      }
    }
    assertTrue(right >= 4, right + " codes read right:\n" + lines);
    assertTrue(lines.contains("a.jpg"), lines);
    Files.delete(pictures().resolve("a.jpg"));
    String line =
        "  [a-z0-9]+ [01]\\.\\d\\d \\[\\d+, \\d+, \\d+, \\d+] ([A-Z0-9_]+ .*|not decoded)";
    List<String> codes =
        lines.lines().filter(text -> text.startsWith("  ") && !text.contains("a.jpg")).toList();
    codes.forEach(code -> assertTrue(code.matches(line), code));
    try (Stream<Path> files = Files.list(pictures())) {
      for (Path file : files.toList()) {
        Path copy = drawn.resolve(file.getFileName());
        assertEquals(Image.sizeOf(file), Image.sizeOf(copy), copy.toString());
      }
    }
  }

  @Test
  void readersAreCompared() throws IOException {
    generate();
    String table = run("compare", "data=" + folder.resolve("set"), "imgsz=320");
    assertTrue(table.contains(" codes in " + PICTURES + " pictures"), table);
    List<String[]> rows = table.lines().map(line -> line.split(" {2,}| (?=\\d)")).toList();
    int ours = decoded(rows, "yolotorch + ZXing");
    int alone = decoded(rows, "ZXing");
    assertTrue(ours > 0 && ours >= alone, table);
    assertTrue(decoded(rows, "in the pictures") >= ours, table);
  }

  private static int decoded(List<String[]> rows, String reader) {
    String[] row = rows.stream().filter(words -> words[0].equals(reader)).findFirst().orElseThrow();
    return Integer.parseInt(row[2].trim());
  }

  @Test
  void wrongArgumentsAreTold() throws IOException {
    Files.createDirectories(folder.resolve("empty"));
    for (String[] wrong :
        List.of(
            new String[] {"scan"},
            new String[] {"read", "conf=0.5"},
            new String[] {"read", "source=" + folder, "conf=2"},
            new String[] {"compare", "data=" + folder.resolve("empty")})) {
      ByteArrayOutputStream err = new ByteArrayOutputStream();
      assertEquals(2, Main.run(quiet(), new PrintStream(err), wrong), String.join(" ", wrong));
      assertTrue(err.toString(StandardCharsets.UTF_8).contains("expected"), err.toString());
    }
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    String[] missing = {"read", "model=none.pt", "source=" + folder};
    assertEquals(1, Main.run(quiet(), new PrintStream(err), missing));
    assertTrue(err.toString(StandardCharsets.UTF_8).contains("none.pt"), err.toString());
  }

  @Test
  void everyModeHasHelp() {
    assertTrue(run("--help").contains("compare"));
    for (String mode : List.of("generate", "read", "compare")) {
      assertTrue(run(mode, "--help").contains("yolotorch-codes-0.1.0.jar " + mode), mode);
    }
  }

  private Path pictures() {
    return folder.resolve("set/detect/images/val");
  }

  private void generate() {
    run("generate", "out=" + folder.resolve("set"), "pictures=0", "val=" + PICTURES, "seed=77");
  }

  private static String run(String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        Main.run(new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err), words);
    assertEquals(0, code, err.toString(StandardCharsets.UTF_8));
    return out.toString(StandardCharsets.UTF_8);
  }

  private static PrintStream quiet() {
    return new PrintStream(new ByteArrayOutputStream());
  }
}
