// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.codes.generate;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.yolotorch.codes.command.Arguments;
import org.yolotorch.codes.command.UsageException;
import org.yolotorch.codes.scene.Settings;

/** The command line of the mode. */
final class GenerateArguments {
  static final String HELP =
      """
      Makes pictures with 1D and 2D codes and their YOLO labels.

      java -jar yolotorch-codes-0.1.0.jar generate out=DIR [NAME=VALUE ...]

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

  private final Arguments words;

  GenerateArguments(String... words) throws UsageException {
    this.words = new Arguments(NAMES, words);
  }

  /** The folder for the data sets; null without one. */
  Path out() throws UsageException {
    return words.path("out");
  }

  /** The file for the sheet; null without one. */
  Path sheet() throws UsageException {
    return words.path("sheet");
  }

  int pictures() throws UsageException {
    return words.whole("pictures", 20000, 0, 10_000_000);
  }

  int val() throws UsageException {
    return words.whole("val", 1000, 0, 10_000_000);
  }

  int threads() throws UsageException {
    return words.whole("threads", 1, 1, 256);
  }

  long seed() throws UsageException {
    String text = words.text("seed", "0");
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new UsageException(
          "A whole number was expected as seed, but '" + text + "' came; correct it.");
    }
  }

  /** The folder of photographs; null without one. */
  Path backgrounds() throws UsageException {
    Path folder = words.path("backgrounds");
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
    String text = words.text("difficulty", "default");
    if (!text.equals("default") && !text.equals("hard")) {
      throw new UsageException(
          "default or hard was expected as difficulty, but '" + text + "' came; correct it.");
    }
    return text.equals("hard");
  }

  List<LabelTask> tasks() throws UsageException {
    List<LabelTask> tasks = new ArrayList<>();
    for (String word : words.text("tasks", "detect").split(",", -1)) {
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
    int imgsz = words.whole("imgsz", 640, 96, 2048);
    Settings usual = Settings.of(imgsz, hard(), words.number("negatives", 0.1, 0, 1));
    double smallest = words.number("smallest", usual.smallest(), 8, imgsz);
    double largest = words.number("largest", Math.max(smallest, usual.largest()), smallest, imgsz);
    return new Settings(imgsz, smallest, largest, usual.hard(), usual.negatives());
  }
}
