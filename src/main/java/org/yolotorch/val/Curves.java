// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.val;

import java.util.Map;

/**
 * Curves over {@value #POINTS} points from 0 to 1, at an IoU threshold of 0.5; only classes that
 * have labels have one. Immutable; every call returns a copy.
 */
public final class Curves {
  /** Points of every curve. */
  public static final int POINTS = 1000;

  private final Map<Integer, double[]> precisions;
  private final Map<Integer, double[]> f1s;
  private final double[] smoothF1;
  private final double bestConfidence;

  /** No curve at all, such as for a result that a test makes up. */
  public static final Curves NONE = new Curves(Map.of(), Map.of(), new double[POINTS], 0);

  /** Takes over the arrays. */
  Curves(
      Map<Integer, double[]> precisions,
      Map<Integer, double[]> f1s,
      double[] smoothF1,
      double bestConfidence) {
    this.precisions = precisions;
    this.f1s = f1s;
    this.smoothF1 = smoothF1;
    this.bestConfidence = bestConfidence;
  }

  /** Where the points lie, on whichever axis. */
  public static double[] axis() {
    double[] axis = new double[POINTS];
    for (int i = 0; i < POINTS; i++) {
      axis[i] = i / (POINTS - 1.0);
    }
    return axis;
  }

  /** Precision of a class by its recall. */
  public double[] precision(int classId) {
    return precisions.get(classId).clone();
  }

  /** Mean over the classes of {@link #precision(int)}; zeros if no class has labels. */
  public double[] meanPrecision() {
    return Statistics.mean(precisions.values());
  }

  /** F1, the harmonic mean of precision and recall, of a class by the least confidence. */
  public double[] f1(int classId) {
    return f1s.get(classId).clone();
  }

  /** Mean over the classes of {@link #f1(int)}, smoothed over a tenth of the axis. */
  public double[] meanF1() {
    return smoothF1.clone();
  }

  /** The least confidence at which {@link #meanF1()} is highest. */
  public double bestConfidence() {
    return bestConfidence;
  }
}
