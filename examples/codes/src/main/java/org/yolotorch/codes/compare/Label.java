// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.codes.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.yolotorch.codes.picture.Polygons;
import org.yolotorch.codes.symbols.Content;

/**
 * A code that is in a picture.
 *
 * @param box left, top, right and bottom in pixels
 * @param content what it says
 */
record Label(double[] box, Content content) {
  /** The labels of a picture, in the order of their files. */
  static List<Label> read(Path labels, Path texts, int width, int height) throws IOException {
    List<String> lines = Files.readAllLines(labels);
    List<String> contents = Files.readAllLines(texts);
    if (lines.size() != contents.size()) {
      throw new IOException(
          "as many lines were expected in "
              + labels
              + " as in "
              + texts
              + ", but there are "
              + lines.size()
              + " and "
              + contents.size()
              + "; generate them again.");
    }
    List<Label> read = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String[] words = lines.get(i).split(" ");
      double x = Double.parseDouble(words[1]) * width;
      double y = Double.parseDouble(words[2]) * height;
      double halfWidth = Double.parseDouble(words[3]) * width / 2;
      double halfHeight = Double.parseDouble(words[4]) * height / 2;
      double[] box = {x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight};
      read.add(new Label(box, Content.ofLine(contents.get(i))));
    }
    return read;
  }

  /**
   * Whether a report is about this code. Readers report corners, finder patterns or the ends of a
   * line, so boxes are not compared: the centre of what is reported must be in the box, and the
   * longer side of what is reported must be half to twice that of the box.
   */
  boolean isAt(Find find) {
    double[] other = Polygons.bounds(find.points());
    double x = (other[0] + other[2]) / 2;
    double y = (other[1] + other[3]) / 2;
    double ratio = longer(other) / longer(box);
    boolean centred = x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3];
    return centred && ratio >= 0.5 && ratio <= 2;
  }

  private static double longer(double[] box) {
    return Math.max(box[2] - box[0], box[3] - box[1]);
  }

  boolean isReadBy(Find find) {
    return find.text() != null && content.isReadBy(find.text());
  }
}
