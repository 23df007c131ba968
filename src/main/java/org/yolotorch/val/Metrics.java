// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.val;

/**
 * How well detections agree with labels, each 0 to 1. Immutable.
 *
 * @param precision share of the detections that are right, at the confidence where the mean F1 of
 *     all classes is best
 * @param recall share of the labels that were found, at the same confidence
 * @param map50 average precision where an overlap of 0.5 counts as found
 * @param map75 average precision where an overlap of 0.75 counts as found
 * @param map average precision, mean over the overlaps 0.5, 0.55 ... 0.95 (mAP50-95)
 */
public record Metrics(double precision, double recall, double map50, double map75, double map) {
  /** The harmonic mean of precision and recall; 0 where both are. */
  public double f1() {
    return precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0;
  }
}
