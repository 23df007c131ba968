// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.val;

import java.util.ArrayList;
import java.util.List;

/** Collects a {@link ConfusionMatrix}. */
final class ConfusionCounter {
  private static final double CONF = 0.25;
  private static final double OVERLAP = 0.45;

  private final int classes;
  private final long[] counts;

  ConfusionCounter(int classes) {
    this.classes = classes;
    this.counts = new long[(classes + 1) * (classes + 1)];
  }

  ConfusionMatrix matrix() {
    return new ConfusionMatrix(classes, counts.clone());
  }

  void add(int predicted, int actual) {
    counts[predicted * (classes + 1) + actual]++;
  }

  /**
   * Adds the detections of one picture, whatever their classes.
   *
   * @param overlap of label and detection
   */
  void add(int[] labels, int[] found, float[] confidences, double[][] overlap) {
    List<int[]> pairs = new ArrayList<>();
    for (int l = 0; l < labels.length; l++) {
      for (int d = 0; d < found.length; d++) {
        if (confidences[d] > CONF && overlap[l][d] > OVERLAP) {
          pairs.add(new int[] {l, d});
        }
      }
    }
    pairs.sort((a, b) -> Double.compare(overlap[b[0]][b[1]], overlap[a[0]][a[1]]));
    boolean[] labelTaken = new boolean[labels.length];
    boolean[] foundTaken = new boolean[found.length];
    // A detection stands for the label that it overlaps most, even where that is taken.
    boolean[] decided = new boolean[found.length];
    for (int[] pair : pairs) {
      if (decided[pair[1]]) {
        continue;
      }
      decided[pair[1]] = true;
      if (!labelTaken[pair[0]]) {
        labelTaken[pair[0]] = true;
        foundTaken[pair[1]] = true;
        add(found[pair[1]], labels[pair[0]]);
      }
    }
    for (int l = 0; l < labels.length; l++) {
      if (!labelTaken[l]) {
        add(classes, labels[l]);
      }
    }
    for (int d = 0; d < found.length; d++) {
      if (!foundTaken[d] && confidences[d] > CONF) {
        add(found[d], classes);
      }
    }
  }
}
