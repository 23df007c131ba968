// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.val;

/**
 * A rotated box as a normal distribution, by which boxes of any angle are compared (ProbIoU): its
 * centre and its covariance [[a, c], [c, b]].
 */
record Gaussian(double x, double y, double a, double b, double c) {
  private static final double TINY = 1e-7;
  private static final double FARTHEST = 100;

  /** Of a box, its angle in radians. */
  static Gaussian of(double x, double y, double width, double height, double angle) {
    double along = width * width / 12;
    double across = height * height / 12;
    double cos = Math.cos(angle);
    double sin = Math.sin(angle);
    return new Gaussian(
        x,
        y,
        along * cos * cos + across * sin * sin,
        along * sin * sin + across * cos * cos,
        (along - across) * cos * sin);
  }

  /**
   * Of the smallest rotated box around the points, x, y pairs. One of its sides lies along a line
   * through two of them, so all these directions are tried.
   */
  static Gaussian around(double[] points) {
    Gaussian best = null;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < points.length; i += 2) {
      for (int j = 0; j < i; j += 2) {
        double dx = points[i] - points[j];
        double dy = points[i + 1] - points[j + 1];
        double angle = dx == 0 && dy == 0 ? 0 : Math.atan2(dy, dx);
        Range along = range(points, Math.cos(angle), Math.sin(angle));
        Range across = range(points, -Math.sin(angle), Math.cos(angle));
        double area = along.length() * across.length();
        if (area < least) {
          least = area;
          double u = along.middle();
          double v = across.middle();
          best =
              of(
                  u * Math.cos(angle) - v * Math.sin(angle),
                  u * Math.sin(angle) + v * Math.cos(angle),
                  along.length(),
                  across.length(),
                  angle);
        }
      }
    }
    return best;
  }

  private record Range(double min, double max) {
    double length() {
      return max - min;
    }

    double middle() {
      return (min + max) / 2;
    }
  }

  /** The range of the points' projections onto a direction. */
  private static Range range(double[] points, double dx, double dy) {
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < points.length; i += 2) {
      double place = points[i] * dx + points[i + 1] * dy;
      min = Math.min(min, place);
      max = Math.max(max, place);
    }
    return new Range(min, max);
  }

  /** One minus the Hellinger distance, 0 to 1. */
  double overlap(Gaussian other) {
    double sa = a + other.a;
    double sb = b + other.b;
    double sc = c + other.c;
    double dx = x - other.x;
    double dy = y - other.y;
    double determinant = sa * sb - sc * sc;
    double t1 = (sa * dy * dy + sb * dx * dx) / (determinant + TINY) * 0.25;
    double t2 = sc * -dx * dy / (determinant + TINY) * 0.5;
    double own = Math.max(a * b - c * c, 0) * Math.max(other.a * other.b - other.c * other.c, 0);
    double t3 = 0.5 * Math.log(determinant / (4 * Math.sqrt(own) + TINY) + TINY);
    double distance = Math.min(Math.max(t1 + t2 + t3, TINY), FARTHEST);
    return 1 - Math.sqrt(1 - Math.exp(-distance) + TINY);
  }
}
