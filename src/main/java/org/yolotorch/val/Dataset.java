// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.val;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.yolotorch.ModelInfo;
import org.yolotorch.YoloException;
import org.yolotorch.internal.Count;
import org.yolotorch.internal.Jar;
import org.yolotorch.internal.PathText;

/**
 * Labelled pictures.
 *
 * @param names class names by class id
 * @param items the pictures, in a fixed order
 * @param corrupt pictures left out because of their labels
 */
record Dataset(Map<Integer, String> names, List<Item> items, List<Path> corrupt) {
  private static final Set<String> SUFFIXES =
      Set.of("bmp", "jpeg", "jpg", "mpo", "png", "tif", "tiff", "webp");

  /** A picture with its labels. */
  record Item(Path picture, List<Label> labels) {}

  /**
   * Finds the pictures of a data set and reads all labels. A label file has its picture's name, in
   * a folder beside called {@code labels} instead of {@code images}.
   *
   * @throws YoloException.NotFound if the file or the pictures are not there
   * @throws YoloException.InvalidData if it does not fit the model or has no labels
   * @throws YoloException.NativeLibrary if the jar that reads YAML is missing
   */
  static Dataset open(Path file, String split, ModelInfo info, Consumer<String> warnings) {
    String lack = Jar.lack("Data sets need", Jar.SNAKEYAML);
    if (lack != null) {
      throw new YoloException.NativeLibrary(lack + "add it.");
    }
    DataFile data = DataFile.read(file, split);
    checkFits(data, info);
    Set<Path> pictures = new LinkedHashSet<>();
    for (Path place : data.pictures()) {
      pictures.addAll(find(data, split, place));
    }
    LabelFormat format = LabelFormat.of(info, data.names().size());
    List<Item> items = new ArrayList<>();
    List<Path> corrupt = new ArrayList<>();
    Path example = null;
    boolean labelled = false;
    for (Path picture : pictures) {
      example = labelFile(picture);
      try {
        LabelFile labels = LabelFile.read(example, format);
        if (labels.duplicates() > 0) {
          warnings.accept(
              "'"
                  + example
                  + "' repeats "
                  + Count.of(labels.duplicates(), "label")
                  + "; what repeats is left out.");
        }
        labelled |= !labels.labels().isEmpty();
        items.add(new Item(picture, labels.labels()));
      } catch (YoloException.InvalidData e) {
        warnings.accept(e.getMessage() + " The picture is left out.");
        corrupt.add(picture);
      }
    }
    if (!labelled) {
      throw new YoloException.InvalidData(
          "Labels were expected for the "
              + Count.of(pictures.size(), "picture")
              + " of '"
              + file
              + "', but there are none that can be used, such as '"
              + example
              + "'; put them there, in a folder 'labels' beside 'images'.");
    }
    return new Dataset(data.names(), items, corrupt);
  }

  private static void checkFits(DataFile data, ModelInfo info) {
    int classes = info.names().size();
    if (data.names().size() != classes) {
      throw new YoloException.InvalidData(
          "A data set of the model's "
              + Count.of(classes, "class")
              + " was expected, but '"
              + data.file()
              + "' has "
              + data.names().size()
              + "; use the one the model was trained with.");
    }
    List<Integer> points = List.of(info.keypoints(), info.keypointValues());
    if (info.keypoints() > 0 && !data.keypoints().isEmpty() && !data.keypoints().equals(points)) {
      throw new YoloException.InvalidData(
          "A data set with the model's kpt_shape "
              + points
              + " was expected, but '"
              + data.file()
              + "' has "
              + data.keypoints()
              + "; use the one the model was trained with.");
    }
  }

  /** Pictures of a folder and all below it, of a list of them, or one picture; sorted. */
  private static List<Path> find(DataFile data, String split, Path place) {
    List<Path> found;
    try {
      if (Files.isDirectory(place)) {
        found = walk(place);
      } else if (Files.exists(place)) {
        found = isPicture(place) ? List.of(place) : list(place, data.folder());
      } else {
        throw new YoloException.NotFound(
            "The pictures of "
                + split
                + " were expected at '"
                + place
                + "', as '"
                + data.file()
                + "' says, but nothing is there; download the data set, or correct path and "
                + split
                + ".");
      }
    } catch (IOException | UncheckedIOException e) {
      throw new YoloException.NotFound(
          "The pictures at '" + place + "' must be readable, but are not; check permissions.", e);
    }
    if (found.isEmpty()) {
      throw new YoloException.NotFound(
          "Pictures of "
              + split
              + " were expected in '"
              + place
              + "', but none is there; correct '"
              + data.file()
              + "'.");
    }
    return found;
  }

  /** All pictures below a folder, sorted. */
  static List<Path> walk(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      return files.filter(Dataset::isPicture).filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** The lines of a file; relative ones begin beside it, or else in the data set's folder. */
  private static List<Path> list(Path file, Path folder) throws IOException {
    List<Path> pictures = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      if (line.isBlank()) {
        continue;
      }
      try {
        Path beside = PathText.resolve(file.toAbsolutePath().getParent(), line.strip()).normalize();
        pictures.add(
            Files.exists(beside) ? beside : PathText.resolve(folder, line.strip()).normalize());
      } catch (InvalidPathException e) {
        throw new YoloException.InvalidData(
            "Lines of '" + file + "' must be paths of pictures, but '" + line + "' is none.", e);
      }
    }
    pictures.sort(null);
    return pictures;
  }

  private static boolean isPicture(Path file) {
    String name = file.toString();
    return SUFFIXES.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
  }

  /** Where the labels of a picture are: the last folder called images becomes labels. */
  static Path labelFile(Path picture) {
    Path absolute = picture.toAbsolutePath().normalize();
    String name = PathText.nameOf(absolute);
    Path file =
        PathText.resolve(absolute.getParent(), name.substring(0, name.lastIndexOf('.')) + ".txt");
    for (int i = file.getNameCount() - 2; i >= 0; i--) {
      if (file.getName(i).toString().equals("images")) {
        Path rest = file.subpath(i + 1, file.getNameCount());
        Path before = i == 0 ? file.getRoot() : file.getRoot().resolve(file.subpath(0, i));
        return before.resolve("labels").resolve(rest);
      }
    }
    return file;
  }
}
