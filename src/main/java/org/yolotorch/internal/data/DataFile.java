// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.data;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.yolotorch.YoloException;
import org.yolotorch.internal.Jar;
import org.yolotorch.internal.PlainText;

/**
 * A {@code data.yaml}: where pictures are and what the classes are called. A {@code download} key
 * is not followed.
 *
 * @param file the file itself
 * @param split the part of the data set
 * @param roots folders where relative paths of pictures may begin, the best one first
 * @param pictures files and folders of the split; of each the places where it may be, the best one
 *     first
 * @param names class names by class id, 0 up to their number - 1
 * @param keypoints numbers of {@code kpt_shape}, points and values per point; empty if not told
 * @param flipIdx numbers of {@code flip_idx}, for each point the one it becomes in a mirrored
 *     picture; empty if not told
 */
public record DataFile(
    Path file,
    String split,
    List<Path> roots,
    List<List<Path>> pictures,
    Map<Integer, String> names,
    List<Integer> keypoints,
    List<Integer> flipIdx) {
  /** The confusion matrix of so many takes 800 MB. */
  private static final int MAX_CLASSES = 10_000;

  /**
   * Reads a file.
   *
   * @param split the part of the data set: {@code train}, {@code val} or {@code test}
   * @param warnings is told of what is not as it should be
   * @throws YoloException.NotFound if there is no such file
   * @throws YoloException.InvalidData if it is no such file, or has no such split
   * @throws YoloException.NativeLibrary if the jar that reads YAML is missing
   */
  public static DataFile read(
      Path file, String split, DataPlaces places, Consumer<String> warnings) {
    String lack = Jar.lack("Data sets need", Jar.SNAKEYAML);
    if (lack != null) {
      throw new YoloException.NativeLibrary(lack + "add it.");
    }
    DataYaml yaml = DataYaml.read(file, warnings);
    // Older files say validation.
    boolean older = split.equals("val") && !yaml.has("val");
    List<String> texts = yaml.texts(older ? "validation" : split);
    if (texts.isEmpty()) {
      throw yaml.fault("the key " + split + ", a folder or list of pictures", "it is missing");
    }
    List<Path> roots = roots(file, yaml, places);
    List<List<Path>> pictures = new ArrayList<>();
    for (String text : texts) {
      try {
        pictures.add(places(roots, text));
      } catch (InvalidPathException e) {
        throw yaml.fault("a path as " + split, PlainText.shown(text) + " came");
      }
    }
    return new DataFile(
        file,
        split,
        roots,
        pictures,
        names(yaml),
        yaml.wholes("kpt_shape"),
        yaml.wholes("flip_idx"));
  }

  private static List<Path> roots(Path file, DataYaml yaml, DataPlaces places) {
    Path beside = places.working().resolve(file).normalize().getParent();
    String path = yaml.text("path");
    try {
      return places.roots(beside, path);
    } catch (InvalidPathException e) {
      throw yaml.fault("a folder as path", PlainText.shown(path) + " came");
    }
  }

  /** Exporters of data sets write "../valid/images" where the folder lies beside the file. */
  private static List<Path> places(List<Path> roots, String text) {
    Set<Path> places = new LinkedHashSet<>();
    for (Path root : roots) {
      places.add(DataText.place(root, text));
      if (text.startsWith("../")) {
        places.add(DataText.place(root, text.substring(3)));
      }
    }
    return List.copyOf(places);
  }

  private static Map<Integer, String> names(DataYaml yaml) {
    Map<Integer, String> names = new TreeMap<>(yaml.numbered("names"));
    int count = yaml.whole("nc", names.size());
    if (count < 1) {
      throw yaml.fault("the key names, the names of the classes", "it is missing");
    }
    if (count > MAX_CLASSES) {
      throw yaml.fault("at most " + MAX_CLASSES + " classes", count + " came");
    }
    if (names.isEmpty()) {
      for (int id = 0; id < count; id++) {
        names.put(id, "class_" + id);
      }
    }
    if (names.size() != count) {
      throw yaml.fault("as many names as nc says, " + count, names.size() + " came");
    }
    for (int id = 0; id < count; id++) {
      if (!names.containsKey(id)) {
        throw yaml.fault("a name for each class from 0 to " + (count - 1), id + " has none");
      }
    }
    names.replaceAll((id, name) -> name.isEmpty() ? "class_" + id : PlainText.of(name));
    return names;
  }
}
