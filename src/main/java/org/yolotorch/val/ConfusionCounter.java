// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.val;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Counts the entries of a {@link ConfusionMatrix}. */
final class ConfusionCounter {
  private static final double CONF = 0.25;
  private static final double OVERLAP = 0.45;

  private record Pair(int label, int detection, double overlap) {}

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
    List<Pair> pairs = new ArrayList<>();
    for (int l = 0; l < labels.length; l++) {
      for (int d = 0; d < found.length; d++) {
        if (confidences[d] > CONF && overlap[l][d] > OVERLAP) {
          pairs.add(new Pair(l, d, overlap[l][d]));
        }
      }
    }
    pairs.sort(Comparator.comparingDouble(Pair::overlap).reversed());
    boolean[] labelTaken = new boolean[labels.length];
    boolean[] foundTaken = new boolean[found.length];
    // A detection stands for the label that it overlaps most, even where that is taken.
    boolean[] decided = new boolean[found.length];
    for (Pair pair : pairs) {
      if (decided[pair.detection()]) {
        continue;
      }
      decided[pair.detection()] = true;
      if (!labelTaken[pair.label()]) {
        labelTaken[pair.label()] = true;
        foundTaken[pair.detection()] = true;
        add(found[pair.detection()], labels[pair.label()]);
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
