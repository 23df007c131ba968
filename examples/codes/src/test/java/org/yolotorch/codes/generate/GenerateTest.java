// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.codes.generate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.zxing.BarcodeFormat;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yolotorch.codes.Main;
import org.yolotorch.codes.picture.Picture;
import org.yolotorch.codes.picture.Polygons;
import org.yolotorch.codes.symbols.CodeClass;

/** The data sets that a command line makes. */
class GenerateTest {
  private static final int PICTURES = 12;

  @TempDir Path folder;

  @Test
  void threadsChangeNoByte() throws IOException {
    generate("one", "threads=1", "seed=4");
    generate("three", "threads=3", "seed=4");
    var one = files("one");
    var three = files("three");
    assertEquals(one.keySet(), three.keySet());
    for (String name : one.keySet()) {
      assertArrayEquals(one.get(name), three.get(name), name);
    }
  }

  @Test
  void fewerPicturesAreTheFirstOnes() throws IOException {
    generate("more", "seed=4");
    run("out=" + folder.resolve("fewer"), "imgsz=160", "seed=4", "pictures=3", "val=0");
    var more = files("more");
    var fewer = files("fewer");
    assertEquals(3, fewer.keySet().stream().filter(name -> name.endsWith(".jpg")).count());
    for (String name : fewer.keySet()) {
      assertArrayEquals(more.get(name), fewer.get(name), name);
    }
  }

  @Test
  void seedsAndSplitsHaveTheirOwnPictures() throws IOException {
    generate("a", "seed=4");
    generate("b", "seed=5");
    long all =
        Stream.of("a", "b")
            .flatMap(name -> files(name).entrySet().stream())
            .filter(entry -> entry.getKey().endsWith(".jpg"))
            .map(entry -> java.util.Arrays.hashCode(entry.getValue()))
            .distinct()
            .count();
    assertEquals(2 * (PICTURES + 3), all);
  }

  @Test
  void labelsCanBeRead() throws IOException {
    generate("set", "tasks=detect,obb,segment,pose", "negatives=0");
    assertEquals(
        List.of("detect", "obb", "pose", "segment", "texts"), names(folder.resolve("set")));
    int codes = 0;
    for (LabelTask task : LabelTask.values()) {
      Path labels = folder.resolve("set").resolve(task.label()).resolve("labels/train");
      assertEquals(PICTURES, names(labels).size());
      for (String name : names(labels)) {
        Path picture =
            folder
                .resolve("set/" + task.label() + "/images/train")
                .resolve(name.replace("txt", "jpg"));
        assertTrue(Files.size(picture) > 0);
        for (String line : Files.readAllLines(labels.resolve(name))) {
          check(task, line);
          codes++;
        }
      }
    }
    assertTrue(codes >= 4 * PICTURES / 2, codes + " labels");
  }

  @Test
  void everyLabelHasItsText() throws IOException {
    generate("told", "negatives=0");
    Path labels = folder.resolve("told/detect/labels/train");
    int codes = 0;
    for (String name : names(labels)) {
      List<String> lines = Files.readAllLines(labels.resolve(name));
      List<String> texts = Files.readAllLines(folder.resolve("told/texts/train").resolve(name));
      assertEquals(lines.size(), texts.size(), name);
      for (int i = 0; i < lines.size(); i++) {
        String[] words = texts.get(i).split(" ", 2);
        int kind = CodeClass.of(BarcodeFormat.valueOf(words[0])).ordinal();
        assertTrue(lines.get(i).startsWith(kind + " "), lines.get(i) + " / " + texts.get(i));
        assertFalse(words[1].isEmpty(), name);
        codes++;
      }
    }
    assertTrue(codes >= PICTURES / 2, codes + " codes");
  }

  private static void check(LabelTask task, String line) {
    double[] numbers = Stream.of(line.split(" ")).mapToDouble(Double::parseDouble).toArray();
    assertTrue(numbers[0] >= 0 && numbers[0] < 5 && numbers[0] == (int) numbers[0], line);
    switch (task) {
      case DETECT -> assertEquals(5, numbers.length, line);
      case OBB -> assertEquals(9, numbers.length, line);
      case SEGMENT -> assertTrue(numbers.length >= 7 && numbers.length % 2 == 1, line);
      default -> assertEquals(17, numbers.length, line);
    }
    for (int i = 1; i < numbers.length; i++) {
      boolean visibility = task == LabelTask.POSE && i > 4 && (i - 5) % 3 == 2;
      boolean free = task == LabelTask.OBB;
      boolean inRange = numbers[i] >= 0 && numbers[i] <= (visibility ? 2 : 1);
      assertTrue(free || inRange, line);
    }
    if (task == LabelTask.OBB) {
      // Readers allow corners outside, if centre and size of their bounds are not.
      double[] box = Polygons.bounds(java.util.Arrays.copyOfRange(numbers, 1, 9));
      assertTrue(box[2] - box[0] < 1.01 && box[3] - box[1] < 1.01, line);
      assertTrue(box[0] + box[2] > 0 && box[0] + box[2] < 2, line);
      assertTrue(box[1] + box[3] > 0 && box[1] + box[3] < 2, line);
    }
  }

  @Test
  void negativesHaveEmptyLabels() throws IOException {
    generate("none", "negatives=1");
    Path labels = folder.resolve("none/detect/labels/train");
    assertEquals(PICTURES, names(labels).size());
    for (String name : names(labels)) {
      assertEquals(0, Files.size(labels.resolve(name)), name);
    }
  }

  @Test
  void photographsAreUsed() throws IOException {
    Path photos = Files.createDirectory(folder.resolve("photos"));
    BufferedImage red = new BufferedImage(300, 200, BufferedImage.TYPE_INT_RGB);
    java.util.Arrays.fill(Picture.pixels(red), 0xFF0000);
    ImageIO.write(red, "png", photos.resolve("red.png").toFile());
    generate("with", "backgrounds=" + photos);
    generate("without");
    assertFalse(java.util.Arrays.equals(concat(files("with")), concat(files("without"))));
  }

  @Test
  void dataFilesTellCorners() throws IOException {
    generate("pose", "tasks=pose");
    String text = Files.readString(folder.resolve("pose/pose/data.yaml"));
    assertTrue(text.contains("kpt_shape: [4, 3]\n"), text);
    assertTrue(text.contains("flip_idx: ["), text);
    assertTrue(text.contains("  3: pdf417\n"), text);
  }

  @Test
  void wrongArgumentsAreTold() throws IOException {
    for (String wrong :
        List.of("size=3", "imgsz=12", "tasks=classify", "difficulty=easy", "pictures=x", "seed=")) {
      ByteArrayOutputStream err = new ByteArrayOutputStream();
      int code =
          Main.run(quiet(), new PrintStream(err), "generate", "out=" + folder.resolve("w"), wrong);
      assertEquals(2, code, wrong);
      assertTrue(err.toString(StandardCharsets.UTF_8).contains("expected"), wrong);
    }
    generate("twice");
    int again = Main.run(quiet(), quiet(), "generate", "out=" + folder.resolve("twice"));
    assertEquals(2, again);
  }

  private void generate(String name, String... words) {
    List<String> all = new java.util.ArrayList<>(List.of(words));
    all.addAll(
        List.of("out=" + folder.resolve(name), "imgsz=160", "pictures=" + PICTURES, "val=3"));
    run(all.toArray(String[]::new));
  }

  private static void run(String... words) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    List<String> all = new java.util.ArrayList<>(List.of("generate"));
    all.addAll(List.of(words));
    int code = Main.run(quiet(), new PrintStream(err), all.toArray(String[]::new));
    assertEquals(0, code, err.toString(StandardCharsets.UTF_8));
  }

  private static PrintStream quiet() {
    return new PrintStream(new ByteArrayOutputStream());
  }

  private static List<String> names(Path of) throws IOException {
    try (Stream<Path> entries = Files.list(of)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }

  private TreeMap<String, byte[]> files(String name) {
    Path root = folder.resolve(name);
    TreeMap<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(root.relativize(file).toString(), Files.readAllBytes(file));
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return files;
  }

  private static byte[] concat(TreeMap<String, byte[]> files) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    files.values().forEach(all::writeBytes);
    return all.toByteArray();
  }
}
