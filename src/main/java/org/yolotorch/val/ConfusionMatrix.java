// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.val;

/**
 * Confusion matrix of the classes. Detections with a confidence above 0.25 count; a detection
 * matches a label if their IoU exceeds 0.45, highest IoU first. Immutable.
 */
public final class ConfusionMatrix {
  private final int classes;
  private final long[] counts;

  /** A matrix without classes, such as for a result that a test makes up. */
  public static final ConfusionMatrix NONE = new ConfusionMatrix(0, new long[1]);

  /** Takes over the counts: one row per predicted class; the last row and column are background. */
  ConfusionMatrix(int classes, long[] counts) {
    this.classes = classes;
    this.counts = counts;
  }

  /** Number of classes, which is also the index that stands for background. */
  public int classes() {
    return classes;
  }

  /**
   * How often {@code actual} was predicted as {@code predicted}. Either may be {@link #classes()}:
   * labels that were not found are predicted as background, and what was found without a label is
   * actually background.
   *
   * @throws IndexOutOfBoundsException if a class is negative or larger than that
   */
  public long count(int predicted, int actual) {
    java.util.Objects.checkIndex(predicted, classes + 1);
    return counts[predicted * (classes + 1) + java.util.Objects.checkIndex(actual, classes + 1)];
  }
}
