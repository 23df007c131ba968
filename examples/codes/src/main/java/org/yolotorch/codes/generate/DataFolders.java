// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.codes.generate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.yolotorch.codes.camera.Placement;
import org.yolotorch.codes.command.UsageException;
import org.yolotorch.codes.scene.Scene;

/**
 * A data set per task in a folder each, with images, labels and data.yaml. A picture is stored once
 * and linked into the other folders, or copied where there are no hard links. What the codes say is
 * in a folder of its own, a file per picture with a line per label. Thread-safe.
 */
final class DataFolders {
  private static final String TEXTS = "texts";
  private static final List<String> SPLITS = List.of("train", "val");

  private final Path out;
  private final List<LabelTask> tasks;

  /**
   * Makes the folders.
   *
   * @throws UsageException if there is something already
   */
  DataFolders(Path out, List<LabelTask> tasks) throws IOException, UsageException {
    this.out = out;
    this.tasks = List.copyOf(tasks);
    for (String split : SPLITS) {
      Files.createDirectories(out.resolve(TEXTS).resolve(split));
    }
    for (LabelTask task : tasks) {
      Path folder = out.resolve(task.label());
      if (isUsed(folder)) {
        throw new UsageException(
            "A new folder was expected, but '" + folder + "' holds files; choose another for out.");
      }
      for (String split : SPLITS) {
        Files.createDirectories(folder.resolve("images").resolve(split));
        Files.createDirectories(folder.resolve("labels").resolve(split));
      }
      Files.writeString(folder.resolve("data.yaml"), task.dataFile());
    }
  }

  private static boolean isUsed(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return false;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.findAny().isPresent();
    }
  }

  /** Writes a picture, its labels and what its codes say. */
  void write(String split, String name, byte[] jpeg, Scene scene) throws IOException {
    Files.writeString(out.resolve(TEXTS).resolve(split).resolve(name + ".txt"), texts(scene));
    Path first = null;
    for (LabelTask task : tasks) {
      Path folder = out.resolve(task.label());
      String lines = task.lines(scene.codes(), scene.picture().width, scene.picture().height);
      Files.writeString(folder.resolve("labels").resolve(split).resolve(name + ".txt"), lines);
      Path picture = folder.resolve("images").resolve(split).resolve(name + ".jpg");
      if (first == null) {
        Files.write(picture, jpeg);
        first = picture;
      } else {
        link(first, picture, jpeg);
      }
    }
  }

  private static String texts(Scene scene) {
    StringBuilder text = new StringBuilder();
    for (Placement code : scene.codes()) {
      text.append(code.content().toLine()).append('\n');
    }
    return text.toString();
  }

  private static void link(Path first, Path picture, byte[] jpeg) throws IOException {
    try {
      Files.createLink(picture, first);
    } catch (UnsupportedOperationException | IOException e) {
      Files.write(picture, jpeg);
    }
  }
}
