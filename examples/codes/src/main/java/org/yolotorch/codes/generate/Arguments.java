// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.codes.generate;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.yolotorch.codes.scene.Settings;

/** The command line: name=value, each name at most once. */
final class Arguments {
  static final String HELP =
      """
      Makes pictures with 1D and 2D codes and their YOLO labels.

      java -jar yolotorch-codes-0.1.0.jar out=DIR [NAME=VALUE ...]

      out=DIR            folder for the data sets, one folder per task
      pictures=20000     pictures to train with
      val=1000           pictures to validate with
      seed=0             whole number; another one makes other pictures
      imgsz=640          longer side of the pictures, 96 to 2048
      backgrounds=DIR    folder of photographs (JPEG, PNG) without codes; without it,
                         backgrounds are drawn
      tasks=detect       detect, obb, segment and pose, with commas between them;
                         the pictures are stored once and linked
      threads=1          pictures made at the same time; they do not depend on it
      difficulty=default default or hard (smaller, darker, more tilt and blur)
      negatives=0.1      share of pictures without codes, 0 to 1
      smallest=24        shortest longer side of a symbol in pixels (at imgsz=640;
                         24/640 of imgsz, at least 16)
      largest=500        longest one (at imgsz=640; 0.78 of imgsz, or 0.45 if hard)
      sheet=FILE         also writes a PNG of the first 24 pictures with their labels drawn

      Classes: 0 qr, 1 datamatrix, 2 aztec, 3 pdf417, 4 barcode (all linear codes).
      A label is the symbol without its quiet zone and without the text below it.
      """;

  private static final List<String> NAMES =
      List.of(
          "out",
          "pictures",
          "val",
          "seed",
          "imgsz",
          "backgrounds",
          "tasks",
          "threads",
          "difficulty",
          "negatives",
          "smallest",
          "largest",
          "sheet");

  private final Map<String, String> values = new LinkedHashMap<>();

  Arguments(String... words) throws UsageException {
    for (String word : words) {
      int equals = word.indexOf('=');
      String name = equals < 0 ? word : word.substring(0, equals);
      if (equals < 0 || !NAMES.contains(name)) {
        throw new UsageException(
            "NAME=VALUE was expected, with one of the names "
                + String.join(", ", NAMES)
                + ", but '"
                + word
                + "' came; see --help.");
      }
      if (values.put(name, word.substring(equals + 1)) != null) {
        throw new UsageException(
            "Each name was expected once, but " + name + " came twice; leave one out.");
      }
    }
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  /** A whole number in a range. */
  int whole(String name, int otherwise, int least, int most) throws UsageException {
    return (int) number(name, otherwise, least, most, true);
  }

  /** A number in a range. */
  double number(String name, double otherwise, double least, double most) throws UsageException {
    return number(name, otherwise, least, most, false);
  }

  private double number(String name, double otherwise, double least, double most, boolean whole)
      throws UsageException {
    String text = values.get(name);
    if (text == null) {
      return otherwise;
    }
    double value;
    try {
      value = whole ? Integer.parseInt(text) : Double.parseDouble(text);
    } catch (NumberFormatException e) {
      value = Double.NaN;
    }
    if (!(value >= least && value <= most)) {
      String range = whole ? (long) least + " to " + (long) most : least + " to " + most;
      throw new UsageException(
          (whole ? "A whole number from " : "A number from ")
              + range
              + " was expected as "
              + name
              + ", but '"
              + text
              + "' came; correct it.");
    }
    return value;
  }

  long seed() throws UsageException {
    String text = values.getOrDefault("seed", "0");
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new UsageException(
          "A whole number was expected as seed, but '" + text + "' came; correct it.");
    }
  }

  /** A path; null without one. */
  Path path(String name) throws UsageException {
    String text = values.get(name);
    try {
      return text == null || text.isEmpty() ? null : Path.of(text);
    } catch (InvalidPathException e) {
      throw new UsageException(
          "A path was expected as " + name + ", but '" + text + "' came; correct it.");
    }
  }

  /** The folder of photographs; null without one. */
  Path backgrounds() throws UsageException {
    Path folder = path("backgrounds");
    if (folder != null && !Files.isDirectory(folder)) {
      throw new UsageException(
          "A folder of photographs was expected at '"
              + folder
              + "', but there is none; correct"
              + " backgrounds.");
    }
    return folder;
  }

  boolean hard() throws UsageException {
    String text = values.getOrDefault("difficulty", "default");
    if (!text.equals("default") && !text.equals("hard")) {
      throw new UsageException(
          "default or hard was expected as difficulty, but '" + text + "' came; correct it.");
    }
    return text.equals("hard");
  }

  List<LabelTask> tasks() throws UsageException {
    List<LabelTask> tasks = new ArrayList<>();
    for (String word : values.getOrDefault("tasks", "detect").split(",", -1)) {
      try {
        LabelTask task = LabelTask.valueOf(word.toUpperCase(Locale.ROOT));
        if (!tasks.contains(task)) {
          tasks.add(task);
        }
      } catch (IllegalArgumentException e) {
        throw new UsageException(
            "Some of detect, obb, segment and pose were expected as tasks, but '"
                + word
                + "' came; correct it.");
      }
    }
    return tasks;
  }

  Settings settings() throws UsageException {
    int imgsz = whole("imgsz", 640, 96, 2048);
    Settings usual = Settings.of(imgsz, hard(), number("negatives", 0.1, 0, 1));
    double smallest = number("smallest", usual.smallest(), 8, imgsz);
    double largest = number("largest", Math.max(smallest, usual.largest()), smallest, imgsz);
    return new Settings(imgsz, smallest, largest, usual.hard(), usual.negatives());
  }
}
