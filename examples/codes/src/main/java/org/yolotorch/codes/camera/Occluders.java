// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.codes.camera;

import org.yolotorch.codes.picture.Draws;
import org.yolotorch.codes.picture.Picture;

/** Things that cover a part of a code: fingers, tape, cables. */
public final class Occluders {
  private static final double MOST = 0.25;
  private static final int TRIES = 6;

  private final Picture picture;
  private final Draws draws;

  public Occluders(Picture picture, Draws draws) {
    this.picture = picture;
    this.draws = draws;
  }

  /** Covers less than 30 % of a code, from one of its sides or corners. */
  public void cover(Placement code) {
    double[] c = code.corners();
    for (int i = 0; i < TRIES; i++) {
      int corner = 2 * draws.below(4);
      int next = (corner + 2) % 8;
      double t = draws.unit();
      double x = c[corner] + t * (c[next] - c[corner]);
      double y = c[corner + 1] + t * (c[next + 1] - c[corner + 1]);
      double size = code.longest();
      double a = size * draws.in(0.1, 0.6);
      double b = size * draws.in(0.05, 0.25);
      double angle = draws.in(0, Math.PI);
      if (share(c, x, y, a, b, angle) < MOST) {
        paint(x, y, a, b, angle);
        return;
      }
    }
  }

  /** How much of a quadrilateral an ellipse covers, by a grid of points. */
  private static double share(double[] c, double x, double y, double a, double b, double angle) {
    int n = 16;
    int covered = 0;
    for (int i = 0; i < n * n; i++) {
      double u = (i % n + 0.5) / n;
      double v = (i / n + 0.5) / n;
      double px = mix(mix(c[0], c[2], u), mix(c[6], c[4], u), v) - x;
      double py = mix(mix(c[1], c[3], u), mix(c[7], c[5], u), v) - y;
      if (radius(px, py, a, b, Math.cos(angle), Math.sin(angle)) < 1) {
        covered++;
      }
    }
    return (double) covered / (n * n);
  }

  private static double mix(double a, double b, double t) {
    return a + t * (b - a);
  }

  private static double radius(double x, double y, double a, double b, double cos, double sin) {
    double s = (x * cos + y * sin) / a;
    double t = (y * cos - x * sin) / b;
    return s * s + t * t;
  }

  private void paint(double x, double y, double a, double b, double angle) {
    int colour =
        draws.chance(0.6)
            ? draws.colour(draws.in(0.02, 0.08), draws.in(0.25, 0.6), draws.in(0.3, 0.95))
            : draws.colour(draws.unit(), draws.in(0, 1), draws.in(0, 1));
    double cos = Math.cos(angle);
    double sin = Math.sin(angle);
    double reach = Math.max(a, b) + 1;
    float solid = draws.chance(0.15) ? (float) draws.in(0.3, 0.7) : 1;
    for (int py = (int) Math.max(0, y - reach); py < Math.min(picture.height, y + reach); py++) {
      for (int px = (int) Math.max(0, x - reach); px < Math.min(picture.width, x + reach); px++) {
        double r = radius(px - x, py - y, a, b, cos, sin);
        double alpha = solid * Math.max(0, Math.min(1, (1 - r) * Math.min(a, b) / 2));
        if (alpha > 0) {
          blend(py * picture.width + px, colour, (float) alpha, (float) (1 - 0.35 * r));
        }
      }
    }
  }

  private void blend(int at, int colour, float alpha, float shade) {
    for (int c = 0; c < 3; c++) {
      float[] plane = picture.planes[c];
      plane[at] += alpha * ((colour >> (16 - 8 * c) & 255) * shade - plane[at]);
    }
  }
}
