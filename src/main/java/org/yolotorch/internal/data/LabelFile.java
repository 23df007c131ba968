// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.yolotorch.YoloException;
import org.yolotorch.internal.PlainText;

/**
 * The labels of one picture.
 *
 * @param labels none for a background picture
 * @param duplicates lines left out because they repeat one
 */
record LabelFile(List<Label> labels, int duplicates) {
  /** More than any picture has objects; a file beyond that is no label file. */
  private static final int MAX_BYTES = 8 << 20;

  private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");

  /** Java reads more as a number than others do, such as 1f and 0x1p3. Nothing is tried twice. */
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(?:\\d++\\.?+\\d*+|\\.\\d++)(?:[eE][-+]?\\d++)?");

  /** The numbers of a line, and which line it is. */
  private record Row(int line, double[] values) {}

  /**
   * Reads a file; one that is not there or empty belongs to a background picture.
   *
   * @throws YoloException.InvalidData if it cannot be read or a line is no label
   */
  static LabelFile read(Path file, LabelFormat format) {
    List<Label> labels = new ArrayList<>();
    Set<List<Float>> seen = new HashSet<>();
    int duplicates = 0;
    int line = 0;
    try {
      List<Row> rows = new ArrayList<>();
      for (String text : lines(file)) {
        line++;
        double[] values = numbers(text);
        if (values.length > 0) {
          rows.add(new Row(line, values));
        }
      }
      // One line of an outline makes all of a file outlines.
      boolean outlines = rows.stream().anyMatch(row -> format.isOutline(row.values().length));
      for (Row row : rows) {
        line = row.line();
        Label label = format.read(row.values(), outlines);
        if (seen.add(format.key(row.values(), outlines))) {
          labels.add(label);
        } else {
          duplicates++;
        }
      }
    } catch (LabelFormat.Fault e) {
      throw new YoloException.InvalidData(
          "Line " + line + " of '" + file + "' is no label, " + e.getMessage(), e);
    }
    return new LabelFile(labels, duplicates);
  }

  private static List<String> lines(Path file) {
    try {
      return Files.exists(file) ? DataText.read(file, MAX_BYTES).lines().toList() : List.of();
    } catch (IOException e) {
      throw new YoloException.InvalidData(
          "The label file '" + file + "' must be readable, but is not; check its permissions.", e);
    }
  }

  private static double[] numbers(String text) throws LabelFormat.Fault {
    List<String> words = BLANKS.splitAsStream(text).filter(word -> !word.isEmpty()).toList();
    double[] values = new double[words.size()];
    for (int i = 0; i < values.length; i++) {
      String word = words.get(i);
      values[i] = NUMBER.matcher(word).matches() ? Double.parseDouble(word) : Double.NaN;
      if (!Float.isFinite((float) values[i])) {
        throw new LabelFormat.Fault(
            "where numbers with blanks between them stand, but "
                + PlainText.shown(word)
                + " came; correct it.");
      }
    }
    return values;
  }
}
