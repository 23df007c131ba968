// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.val;

/**
 * Precision, recall and average precision, each 0 to 1. Immutable.
 *
 * @param precision true positives / detections, at the confidence where the mean F1 of all classes
 *     is highest
 * @param recall true positives / labels, at the same confidence
 * @param map50 average precision at an IoU threshold of 0.5
 * @param map75 average precision at an IoU threshold of 0.75
 * @param map mean of the average precisions at IoU thresholds of 0.5, 0.55 ... 0.95 (mAP50-95)
 */
public record Metrics(double precision, double recall, double map50, double map75, double map) {
  /** The harmonic mean of precision and recall; 0 where both are. */
  public double f1() {
    return precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0;
  }
}
