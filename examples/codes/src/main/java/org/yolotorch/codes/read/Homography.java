// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.codes.read;

/** The perspective map of the unit square to a quadrilateral. */
final class Homography {
  private final double[] m;

  private Homography(double[] m) {
    this.m = m;
  }

  /**
   * The map that takes (0, 0), (1, 0), (1, 1) and (0, 1) to four corners.
   *
   * @param q x and y of the corners in this order, of a convex quadrilateral
   */
  static Homography ofUnitSquare(double[] q) {
    double dx1 = q[2] - q[4];
    double dy1 = q[3] - q[5];
    double dx2 = q[6] - q[4];
    double dy2 = q[7] - q[5];
    double sx = q[0] - q[2] + q[4] - q[6];
    double sy = q[1] - q[3] + q[5] - q[7];
    double det = dx1 * dy2 - dx2 * dy1;
    double g = (sx * dy2 - dx2 * sy) / det;
    double h = (dx1 * sy - sx * dy1) / det;
    return new Homography(
        new double[] {
          q[2] - q[0] + g * q[2],
          q[6] - q[0] + h * q[6],
          q[0],
          q[3] - q[1] + g * q[3],
          q[7] - q[1] + h * q[7],
          q[1],
          g,
          h,
          1
        });
  }

  /** Writes x and y of where a point goes. */
  void map(double u, double v, double[] to) {
    double w = m[6] * u + m[7] * v + m[8];
    to[0] = (m[0] * u + m[1] * v + m[2]) / w;
    to[1] = (m[3] * u + m[4] * v + m[5]) / w;
  }
}
