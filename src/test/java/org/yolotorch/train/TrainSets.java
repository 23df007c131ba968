// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.yolotorch.Task;
import org.yolotorch.support.Assets;

/** Small data sets for every task, made of test pictures. */
final class TrainSets {
  private TrainSets() {}

  /** The first pictures of coco128 that have labels. */
  static List<Path> pictures(int count) throws IOException {
    Path labels = Assets.get("labels/coco128");
    try (var files = Files.list(Assets.get("images/coco128"))) {
      return files
          .sorted()
          .filter(picture -> Files.exists(labels.resolve(stem(picture) + ".txt")))
          .limit(count)
          .toList();
    }
  }

  /** The first file of a folder. */
  static Path first(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.sorted().findFirst().orElseThrow();
    }
  }

  private static String stem(Path picture) {
    String name = picture.getFileName().toString();
    return name.substring(0, name.lastIndexOf('.'));
  }

  /** A data set of so many pictures; its data.yaml, or for classify its folder. */
  static Path make(Path folder, Task task, int count) throws IOException {
    List<Path> pictures = pictures(count);
    if (task == Task.CLASSIFY) {
      for (int i = 0; i < pictures.size(); i++) {
        for (String split : new String[] {"train", "val"}) {
          Path place = Files.createDirectories(folder.resolve(split).resolve("class" + i % 2));
          Files.copy(pictures.get(i), place.resolve(pictures.get(i).getFileName()));
        }
      }
      return folder;
    }
    Path images = Files.createDirectories(folder.resolve("images"));
    Path labels = Files.createDirectories(folder.resolve("labels"));
    for (Path picture : pictures) {
      Files.copy(picture, images.resolve(picture.getFileName()));
      List<String> rows = new ArrayList<>();
      for (String line :
          Files.readAllLines(Assets.get("labels/coco128").resolve(stem(picture) + ".txt"))) {
        rows.add(row(task, line));
      }
      Files.write(labels.resolve(stem(picture) + ".txt"), rows);
    }
    String names =
        java.util.stream.IntStream.range(0, 80)
            .mapToObj(id -> "  " + id + ": class" + id)
            .collect(Collectors.joining("\n"));
    Path file = folder.resolve("data.yaml");
    Files.writeString(
        file,
        "path: "
            + folder
            + "\ntrain: images\nval: images\nnames:\n"
            + names
            + (task == Task.POSE ? "\nkpt_shape: [3, 3]\nflip_idx: [1, 0, 2]\n" : "\n"));
    return file;
  }

  /** The box of a line, as an outline, corners, or with three points. */
  private static String row(Task task, String line) {
    String[] parts = line.strip().split(" ");
    double x = Double.parseDouble(parts[1]);
    double y = Double.parseDouble(parts[2]);
    double w = Double.parseDouble(parts[3]) / 2;
    double h = Double.parseDouble(parts[4]) / 2;
    return switch (task) {
      case SEGMENT, OBB ->
          String.join(
              " ",
              parts[0],
              (x - w) + " " + (y - h),
              (x + w) + " " + (y - h),
              (x + w) + " " + (y + h),
              (x - w) + " " + (y + h));
      case POSE ->
          line.strip()
              + " "
              + (x - w / 2)
              + " "
              + y
              + " 2 "
              + (x + w / 2)
              + " "
              + y
              + " 1 "
              + x
              + " "
              + y
              + " 0";
      default -> line.strip();
    };
  }
}
