// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.yolotorch.YoloException;
import org.yolotorch.internal.Count;
import org.yolotorch.internal.PathText;

/** A data set of the task classify: one folder per split, in it one folder per class. */
public final class ClassFolders {
  /** A picture with its class. */
  public record Item(Path picture, int classId) {}

  private ClassFolders() {}

  /**
   * The classes that the folders of a split stand for, in sorted order.
   *
   * @throws YoloException.NotFound if the split is not there or has no folders
   */
  public static Map<Integer, String> names(Path data, String split) {
    Path folder = folder(data, split, warning -> {});
    Map<Integer, String> names = new TreeMap<>();
    try {
      for (Path entry : classes(folder)) {
        names.put(names.size(), PathText.nameOf(entry));
      }
    } catch (IOException | UncheckedIOException e) {
      throw unreadable(folder, e);
    }
    if (names.isEmpty()) {
      throw new YoloException.NotFound(
          "Folders of classes were expected in '" + folder + "', but none is there; check data=.");
    }
    return names;
  }

  private static List<Path> classes(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(entry -> Files.isDirectory(entry) && !PictureFiles.isHidden(entry))
          .sorted()
          .toList();
    }
  }

  private static YoloException unreadable(Path folder, Exception e) {
    return new YoloException.NotFound(
        "The pictures in '" + folder + "' must be readable, but are not; check permissions.", e);
  }

  /**
   * Finds the pictures. Folders called as the model's classes stand for these, and some may be
   * missing; else there must be as many as classes, and they stand for them in sorted order. Names
   * that begin with a dot are passed over.
   *
   * @param names the model's class names by class id
   * @param warnings is told where another folder than the split's own is taken
   * @throws YoloException.NotFound if the split or pictures are not there
   * @throws YoloException.InvalidData if the folders are not the model's classes
   */
  public static List<Item> open(
      Path data, String split, Map<Integer, String> names, Consumer<String> warnings) {
    Path folder = folder(data, split, warnings);
    List<Item> items = new ArrayList<>();
    try {
      List<Path> classes = classes(folder);
      int[] ids = ids(folder, classes, names);
      for (int i = 0; i < ids.length; i++) {
        for (Path picture : PictureFiles.walk(classes.get(i))) {
          items.add(new Item(picture, ids[i]));
        }
      }
    } catch (IOException | UncheckedIOException e) {
      throw unreadable(folder, e);
    }
    if (items.isEmpty()) {
      throw new YoloException.NotFound(
          "Pictures were expected in the folders of '"
              + folder
              + "', but none is there; check data= and split=.");
    }
    return items;
  }

  /** The folder of the split; for {@code val} one of its other names, or else that of the test. */
  private static Path folder(Path data, String split, Consumer<String> warnings) {
    List<String> names =
        split.equals("val") ? List.of("val", "validation", "valid", "test") : List.of(split);
    for (String name : names) {
      Path folder = data.resolve(name);
      if (Files.isDirectory(folder)) {
        if (!name.equals(split)) {
          warnings.accept(
              "A folder '"
                  + split
                  + "' was expected in '"
                  + data
                  + "', but there is none; '"
                  + name
                  + "' is measured instead.");
        }
        return folder;
      }
    }
    throw new YoloException.NotFound(
        "A folder '"
            + split
            + "' with one folder per class was expected in '"
            + data
            + "', but there is none; check data= and split=.");
  }

  private static int[] ids(Path folder, List<Path> classes, Map<Integer, String> names) {
    Map<String, Integer> byName = new HashMap<>();
    names.forEach((id, name) -> byName.put(name, id));
    int[] ids = new int[classes.size()];
    // Two classes of one name cannot be told apart by it.
    boolean named = byName.size() == names.size();
    for (int i = 0; i < ids.length && named; i++) {
      Integer id = byName.get(PathText.nameOf(classes.get(i)));
      named = id != null;
      ids[i] = named ? id : 0;
    }
    if (named) {
      return ids;
    }
    if (ids.length != names.size()) {
      throw new YoloException.InvalidData(
          "Folders of the model's "
              + Count.of(names.size(), "class")
              + " were expected in '"
              + folder
              + "', but "
              + Count.of(ids.length, "folder")
              + " came, and not all are called as classes of the model; use the data set it was trained"
              + " with.");
    }
    for (int i = 0; i < ids.length; i++) {
      ids[i] = i;
    }
    return ids;
  }
}
