// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.val;

/** Matches the detections of a picture with its labels at IoU thresholds of 0.5, 0.55 ... 0.95. */
final class Matching {
  static final int LEVELS = 10;

  private Matching() {}

  static double threshold(int level) {
    return (50 + 5 * level) / 100.0;
  }

  /**
   * For each detection a bit set with one bit per threshold, set where it is a true positive. A
   * detection is assigned to the label of its class with the highest overlap (of equal ones the
   * first); of several detections assigned to one label the first is the true positive.
   *
   * @param labels classes of the labels
   * @param found classes of the detections, most confident first
   * @param overlap of label and detection, 0 to 1
   */
  static int[] match(int[] labels, int[] found, double[][] overlap) {
    int[] right = new int[found.length];
    int[] taken = new int[labels.length];
    for (int d = 0; d < found.length; d++) {
      int best = -1;
      for (int l = 0; l < labels.length; l++) {
        if (labels[l] == found[d] && (best < 0 || overlap[l][d] > overlap[best][d])) {
          best = l;
        }
      }
      if (best < 0) {
        continue;
      }
      int reached = 0;
      for (int level = 0; level < LEVELS; level++) {
        reached |= overlap[best][d] >= threshold(level) ? 1 << level : 0;
      }
      right[d] = reached & ~taken[best];
      taken[best] |= reached;
    }
    return right;
  }
}
