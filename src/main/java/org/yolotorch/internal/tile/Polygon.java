// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.tile;

import java.util.ArrayList;
import java.util.List;
import org.yolotorch.Xy;

/** A convex polygon, its corners in order around it. */
public final class Polygon {
  private final List<Xy> corners;

  public Polygon(List<Xy> corners) {
    this.corners = corners;
  }

  /** In square pixels. */
  public double area() {
    return Math.abs(signedArea());
  }

  private double signedArea() {
    double twice = 0;
    for (int i = 0; i < corners.size(); i++) {
      Xy a = corners.get(i);
      Xy b = corners.get((i + 1) % corners.size());
      twice += (double) a.x() * b.y() - (double) b.x() * a.y();
    }
    return twice / 2;
  }

  /** Area of what both cover: this one, cut along every side of the other. */
  public double overlap(Polygon other) {
    double turn = Math.signum(other.signedArea());
    List<Xy> left = corners;
    for (int i = 0; i < other.corners.size() && !left.isEmpty(); i++) {
      Xy from = other.corners.get(i);
      Xy to = other.corners.get((i + 1) % other.corners.size());
      left = cut(left, from, to, turn);
    }
    return new Polygon(left).area();
  }

  private static List<Xy> cut(List<Xy> polygon, Xy from, Xy to, double turn) {
    List<Xy> inside = new ArrayList<>();
    for (int i = 0; i < polygon.size(); i++) {
      Xy a = polygon.get(i);
      Xy b = polygon.get((i + 1) % polygon.size());
      double sideA = side(from, to, a) * turn;
      double sideB = side(from, to, b) * turn;
      if (sideA >= 0) {
        inside.add(a);
      }
      if (sideA * sideB < 0) {
        double part = sideA / (sideA - sideB);
        inside.add(
            new Xy(
                (float) (a.x() + part * (b.x() - a.x())),
                (float) (a.y() + part * (b.y() - a.y()))));
      }
    }
    return inside;
  }

  /** Positive on one side of the line, negative on the other. */
  private static double side(Xy from, Xy to, Xy point) {
    return ((double) to.x() - from.x()) * ((double) point.y() - from.y())
        - ((double) to.y() - from.y()) * ((double) point.x() - from.x());
  }
}
