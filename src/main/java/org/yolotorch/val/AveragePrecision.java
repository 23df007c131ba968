// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.val;

/**
 * Precision and recall of one class at one overlap, best detection first, and the average
 * precision: precision is made monotonically decreasing, interpolated at 101 recalls as in COCO's
 * evaluation, and integrated by trapezoids.
 */
final class AveragePrecision {
  private static final int RECALLS = 101;

  /** Avoids a division by zero. */
  private static final double TINY = 1e-16;

  private final double[] precision;
  private final double[] recall;
  private final double[] envelopePrecision;
  private final double[] envelopeRecall;

  /**
   * Counts up.
   *
   * @param right whether each detection is right, most confident first
   * @param labels labels of the class
   */
  AveragePrecision(boolean[] right, int labels) {
    int count = right.length;
    precision = new double[count];
    recall = new double[count];
    int hits = 0;
    for (int i = 0; i < count; i++) {
      hits += right[i] ? 1 : 0;
      precision[i] = hits / (i + 1.0);
      recall[i] = hits / (labels + TINY);
    }
    envelopeRecall = new double[count + 2];
    envelopePrecision = new double[count + 2];
    envelopePrecision[0] = 1;
    envelopeRecall[count + 1] = 1;
    System.arraycopy(recall, 0, envelopeRecall, 1, count);
    System.arraycopy(precision, 0, envelopePrecision, 1, count);
    for (int i = count; i >= 0; i--) {
      envelopePrecision[i] = Math.max(envelopePrecision[i], envelopePrecision[i + 1]);
    }
  }

  /** The area, 0 to 1. */
  double area() {
    double[] x = new double[RECALLS];
    for (int i = 0; i < RECALLS; i++) {
      x[i] = i == RECALLS - 1 ? 1 : i * 0.01;
    }
    double[] y = precisionAt(x);
    double area = 0;
    for (int i = 0; i + 1 < RECALLS; i++) {
      area += (x[i + 1] - x[i]) * (y[i] + y[i + 1]) / 2;
    }
    return area;
  }

  /** The falling precision at ascending recalls. */
  double[] precisionAt(double[] recalls) {
    return Statistics.interpolate(recalls, envelopeRecall, envelopePrecision, 1);
  }

  /** Precision by the least confidence, at the points of {@link Curves#axis()}. */
  double[] precisionByConfidence(float[] confidences) {
    return byConfidence(confidences, precision, 1);
  }

  /** Recall by the least confidence, at the points of {@link Curves#axis()}. */
  double[] recallByConfidence(float[] confidences) {
    return byConfidence(confidences, recall, 0);
  }

  private static double[] byConfidence(float[] confidences, double[] values, double above) {
    double[] axis = Curves.axis();
    if (confidences.length == 0) {
      return new double[axis.length];
    }
    // Confidence falls along the detections; its negative rises.
    double[] places = new double[confidences.length];
    for (int i = 0; i < places.length; i++) {
      places[i] = -confidences[i];
    }
    double[] x = new double[axis.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = -axis[axis.length - 1 - i];
    }
    double[] y = Statistics.interpolate(x, places, values, above);
    for (int i = 0; i < y.length / 2; i++) {
      double swap = y[i];
      y[i] = y[y.length - 1 - i];
      y[y.length - 1 - i] = swap;
    }
    return y;
  }
}
