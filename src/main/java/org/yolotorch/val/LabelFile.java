// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.val;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.yolotorch.YoloException;

/**
 * The labels of one picture.
 *
 * @param labels none for a background picture
 * @param duplicates lines left out because they repeat one
 */
record LabelFile(List<Label> labels, int duplicates) {
  /** More than any picture has objects; a file beyond that is no label file. */
  private static final long MAX_BYTES = 64L << 20;

  /**
   * Reads a file; one that is not there or empty belongs to a background picture.
   *
   * @throws YoloException.InvalidData if it cannot be read or a line is no label
   */
  static LabelFile read(Path file, LabelFormat format) {
    List<Label> labels = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    int duplicates = 0;
    int number = 0;
    for (String line : lines(file)) {
      number++;
      String text = line.strip();
      if (text.isEmpty()) {
        continue;
      }
      try {
        double[] values = numbers(text);
        Label label = format.read(values);
        if (seen.add(Arrays.toString(values))) {
          labels.add(label);
        } else {
          duplicates++;
        }
      } catch (YoloException.InvalidData e) {
        throw new YoloException.InvalidData(
            "Line " + number + " of '" + file + "' is no label, " + e.getMessage(), e);
      }
    }
    return new LabelFile(labels, duplicates);
  }

  private static List<String> lines(Path file) {
    try {
      if (!Files.exists(file)) {
        return List.of();
      }
      long bytes = Files.size(file);
      if (bytes > MAX_BYTES) {
        throw new YoloException.InvalidData(
            "A label file of at most "
                + MAX_BYTES
                + " bytes was expected, but '"
                + file
                + "' has "
                + bytes
                + "; check what it is.");
      }
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new YoloException.InvalidData(
          "The label file '" + file + "' must be readable, but is not; check its permissions.", e);
    }
  }

  private static double[] numbers(String text) {
    String[] words = text.split("\\s+");
    double[] values = new double[words.length];
    for (int i = 0; i < words.length; i++) {
      try {
        values[i] = Double.parseDouble(words[i]);
      } catch (NumberFormatException e) {
        values[i] = Double.NaN;
      }
      if (!Double.isFinite(values[i])) {
        throw new YoloException.InvalidData(
            "where numbers with blanks between them stand, but '"
                + words[i]
                + "' came; correct it.");
      }
    }
    return values;
  }
}
