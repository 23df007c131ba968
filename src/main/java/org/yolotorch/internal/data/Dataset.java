// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.yolotorch.YoloException;
import org.yolotorch.internal.Count;
import org.yolotorch.internal.PathText;

/**
 * Labelled pictures.
 *
 * @param items the pictures, in a fixed order
 * @param corrupt pictures left out because they are missing or because of their labels
 */
public record Dataset(List<Item> items, List<Path> corrupt) {
  /** A picture with its labels; none for a background. */
  public record Item(Path picture, List<Label> labels) {}

  /**
   * Finds the pictures of a data set and reads all labels. A label file has its picture's name, in
   * a folder beside called {@code labels} instead of {@code images}.
   *
   * @param warnings is told of every picture that is left out because of its labels
   * @throws YoloException.NotFound if the pictures are not there
   * @throws YoloException.InvalidData if no label can be used
   */
  public static Dataset open(
      DataFile data, LabelFormat format, DataPlaces places, Consumer<String> warnings) {
    PictureFiles pictures = PictureFiles.find(data, places.working(), warnings);
    List<Item> items = new ArrayList<>();
    List<Path> corrupt = new ArrayList<>(pictures.missing());
    Path example = null;
    boolean labelled = false;
    for (Path picture : pictures.found()) {
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
              + Count.of(pictures.found().size(), "picture")
              + " of '"
              + data.file()
              + "', but there are none that can be used, such as '"
              + example
              + "'; put them there, in a folder 'labels' beside 'images'.");
    }
    return new Dataset(items, corrupt);
  }

  /** All pictures below a folder, sorted, but for those whose names begin with a dot. */
  public static List<Path> pictures(Path folder) throws IOException {
    return PictureFiles.walk(folder);
  }

  /** Where the labels of a picture are: the last folder called images becomes labels. */
  public static Path labelFile(Path picture) {
    Path absolute = picture.toAbsolutePath().normalize();
    Path file = PathText.withSuffix(absolute, ".txt");
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
