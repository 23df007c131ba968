// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.val;

import java.util.Collection;

/** Means, sums and interpolation of curves. */
final class Statistics {
  private Statistics() {}

  /** The mean curve of several of {@link Curves#POINTS} points; zeros of none. */
  static double[] mean(Collection<double[]> curves) {
    double[] mean = new double[Curves.POINTS];
    for (double[] curve : curves) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += curve[i] / curves.size();
      }
    }
    return mean;
  }

  /** The mean over {@code width} points, an odd number; the ends go on as they are. */
  static double[] smooth(double[] curve, int width) {
    double[] smooth = new double[curve.length];
    for (int i = 0; i < curve.length; i++) {
      for (int j = i - width / 2; j <= i + width / 2; j++) {
        smooth[i] += curve[Math.min(Math.max(j, 0), curve.length - 1)] / width;
      }
    }
    return smooth;
  }

  /** The index of the first highest value. */
  static int peak(double[] curve) {
    int peak = 0;
    for (int i = 1; i < curve.length; i++) {
      peak = curve[i] > curve[peak] ? i : peak;
    }
    return peak;
  }

  /**
   * Linear interpolation at ascending places {@code x} in a curve given at ascending places {@code
   * xs}; of several values at one place the last counts, and beyond the ends {@code left} and the
   * last value.
   */
  static double[] interpolate(double[] x, double[] xs, double[] ys, double left) {
    double[] y = new double[x.length];
    int last = xs.length - 1;
    int j = -1;
    for (int i = 0; i < x.length; i++) {
      while (j < last && xs[j + 1] <= x[i]) {
        j++;
      }
      if (j < 0) {
        y[i] = left;
      } else if (j == last || xs[j] == x[i]) {
        y[i] = ys[j];
      } else {
        y[i] = ys[j] + (x[i] - xs[j]) * (ys[j + 1] - ys[j]) / (xs[j + 1] - xs[j]);
      }
    }
    return y;
  }
}
