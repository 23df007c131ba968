// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.codes.picture;

import java.util.Arrays;

/** Polygons as x, y, x, y and so on. */
public final class Polygons {
  private Polygons() {}

  /** Left, top, right and bottom. */
  public static double[] bounds(double[] polygon) {
    double[] box = {Double.MAX_VALUE, Double.MAX_VALUE, -Double.MAX_VALUE, -Double.MAX_VALUE};
    for (int i = 0; i < polygon.length; i += 2) {
      box[0] = Math.min(box[0], polygon[i]);
      box[1] = Math.min(box[1], polygon[i + 1]);
      box[2] = Math.max(box[2], polygon[i]);
      box[3] = Math.max(box[3], polygon[i + 1]);
    }
    return box;
  }

  /** Positive if the corners run clockwise on the screen. */
  public static double area(double[] polygon) {
    double sum = 0;
    int n = polygon.length;
    for (int i = 0; i < n; i += 2) {
      int next = (i + 2) % n;
      sum += polygon[i] * polygon[next + 1] - polygon[next] * polygon[i + 1];
    }
    return sum / 2;
  }

  /** The part within a picture; empty if there is none. The polygon must be convex or nearly so. */
  public static double[] clip(double[] polygon, double width, double height) {
    double[] part = cut(polygon, 1, 0, 0);
    part = cut(part, -1, 0, -width);
    part = cut(part, 0, 1, 0);
    return cut(part, 0, -1, -height);
  }

  /** What fulfils a x + b y >= c. */
  private static double[] cut(double[] polygon, double a, double b, double c) {
    double[] kept = new double[2 * polygon.length + 4];
    int count = 0;
    int n = polygon.length;
    for (int i = 0; i < n; i += 2) {
      int next = (i + 2) % n;
      double here = a * polygon[i] + b * polygon[i + 1] - c;
      double there = a * polygon[next] + b * polygon[next + 1] - c;
      if (here >= 0) {
        kept[count++] = polygon[i];
        kept[count++] = polygon[i + 1];
      }
      if (here >= 0 != there >= 0) {
        double t = here / (here - there);
        kept[count++] = polygon[i] + t * (polygon[next] - polygon[i]);
        kept[count++] = polygon[i + 1] + t * (polygon[next + 1] - polygon[i + 1]);
      }
    }
    return Arrays.copyOf(kept, count);
  }

  /** Whether two convex polygons have a point in common, by separating axes. */
  public static boolean meet(double[] a, double[] b) {
    return !separated(a, b) && !separated(b, a);
  }

  private static boolean separated(double[] a, double[] b) {
    for (int i = 0; i < a.length; i += 2) {
      int next = (i + 2) % a.length;
      double nx = a[next + 1] - a[i + 1];
      double ny = a[i] - a[next];
      double[] spanA = span(a, nx, ny);
      double[] spanB = span(b, nx, ny);
      if (spanA[1] < spanB[0] || spanB[1] < spanA[0]) {
        return true;
      }
    }
    return false;
  }

  private static double[] span(double[] polygon, double nx, double ny) {
    double least = Double.MAX_VALUE;
    double most = -Double.MAX_VALUE;
    for (int i = 0; i < polygon.length; i += 2) {
      double at = polygon[i] * nx + polygon[i + 1] * ny;
      least = Math.min(least, at);
      most = Math.max(most, at);
    }
    return new double[] {least, most};
  }

  /** Whether the corners turn the same way at each. */
  public static boolean isConvex(double[] polygon) {
    int n = polygon.length;
    int turns = 0;
    for (int i = 0; i < n; i += 2) {
      int next = (i + 2) % n;
      int after = (i + 4) % n;
      double dx = polygon[next] - polygon[i];
      double dy = polygon[next + 1] - polygon[i + 1];
      double cross =
          dx * (polygon[after + 1] - polygon[next + 1]) - dy * (polygon[after] - polygon[next]);
      turns += (int) Math.signum(cross);
    }
    return 2 * Math.abs(turns) == n;
  }

  /** Whether a point is in a convex polygon whose corners run clockwise. */
  static boolean contains(double[] polygon, double x, double y) {
    for (int i = 0; i < polygon.length; i += 2) {
      int next = (i + 2) % polygon.length;
      double cross =
          (polygon[next] - polygon[i]) * (y - polygon[i + 1])
              - (polygon[next + 1] - polygon[i + 1]) * (x - polygon[i]);
      if (cross < 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * The smallest rectangle around a polygon, its corners clockwise.
   *
   * @param firstX x of where the first corner should be near
   * @param firstY y of it
   */
  public static double[] smallestRectangle(double[] polygon, double firstX, double firstY) {
    double[] best = null;
    double least = Double.MAX_VALUE;
    for (int i = 0; i < polygon.length; i += 2) {
      int next = (i + 2) % polygon.length;
      double dx = polygon[next] - polygon[i];
      double dy = polygon[next + 1] - polygon[i + 1];
      double length = Math.hypot(dx, dy);
      if (length < 1e-9) {
        continue;
      }
      dx /= length;
      dy /= length;
      double[] along = span(polygon, dx, dy);
      double[] across = span(polygon, -dy, dx);
      double area = (along[1] - along[0]) * (across[1] - across[0]);
      if (area < least) {
        least = area;
        best = corners(along, across, dx, dy);
      }
    }
    return startingNear(best, firstX, firstY);
  }

  private static double[] corners(double[] along, double[] across, double dx, double dy) {
    double[] rectangle = new double[8];
    for (int i = 0; i < 4; i++) {
      double s = along[i == 1 || i == 2 ? 1 : 0];
      double t = across[i / 2];
      rectangle[2 * i] = s * dx - t * dy;
      rectangle[2 * i + 1] = s * dy + t * dx;
    }
    return rectangle;
  }

  private static double[] startingNear(double[] rectangle, double x, double y) {
    int first = 0;
    double least = Double.MAX_VALUE;
    for (int i = 0; i < 8; i += 2) {
      double distance = Math.hypot(rectangle[i] - x, rectangle[i + 1] - y);
      if (distance < least) {
        least = distance;
        first = i;
      }
    }
    double[] turned = new double[8];
    for (int i = 0; i < 8; i++) {
      turned[i] = rectangle[(first + i) % 8];
    }
    return turned;
  }
}
