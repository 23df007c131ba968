// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.yolotorch.Task;
import org.yolotorch.YoloException;

/** A data set of three pictures, two classes and two labels. */
abstract class DataCase {
  @TempDir Path folder;

  final List<String> warnings = new ArrayList<>();
  Path data;
  DataPlaces places;

  /** Numbers per keypoint. */
  int values = 3;

  @BeforeEach
  void pictures() throws IOException {
    places = new DataPlaces(Files.createDirectories(folder.resolve("work")), Map.of());
    for (String name : new String[] {"a.jpg", "b.png", "deep/c.JPG", "notes.txt"}) {
      write("set/images/val/" + name, "");
    }
    write("set/labels/val/a.txt", "0 0.5 0.5 0.2 0.4\n1 0.1 0.1 0.1 0.1\n");
    write("set/labels/val/deep/c.txt", "\n");
    data = write("set/data.yaml", "val: images/val\nnames: [cat, dog]\n");
  }

  Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  DataFile file() {
    return DataFile.read(data, "val", places, warnings::add);
  }

  Dataset open(Task task) {
    DataFile file = file();
    int points = task == Task.POSE ? 2 : 0;
    LabelFormat format =
        new LabelFormat(task, file.names().size(), points, points == 0 ? 0 : values);
    return Dataset.open(file, format, places, warnings::add);
  }

  Dataset open() {
    return open(Task.DETECT);
  }

  String refused(Class<? extends YoloException> type) {
    String message = assertThrows(type, this::open).getMessage();
    assertTrue(message.endsWith("."), message);
    return message;
  }

  List<String> pictures(Dataset set) {
    return set.items().stream()
        .map(item -> folder.resolve("set").relativize(item.picture()).toString())
        .toList();
  }

  static void assertBox(LabelBox expected, LabelBox box) {
    assertEquals(expected.left(), box.left(), 1e-12);
    assertEquals(expected.top(), box.top(), 1e-12);
    assertEquals(expected.right(), box.right(), 1e-12);
    assertEquals(expected.bottom(), box.bottom(), 1e-12);
  }
}
