// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.codes.read;

import java.util.List;
import org.yolotorch.Keypoint;
import org.yolotorch.Keypoints;
import org.yolotorch.Obb;
import org.yolotorch.Xy;
import org.yolotorch.Xyxy;
import org.yolotorch.codes.picture.Polygons;

/**
 * Where a code is.
 *
 * @param corners x and y of four corners, around the code in order; those of a symbol begin with
 *     its top left one, so those of a mirrored symbol run anticlockwise
 * @param fitting whether they are the corners of the symbol, not of an upright box around it
 */
public record Region(double[] corners, boolean fitting) {
  private static final double LEAST_VISIBILITY = 0.5;

  /** An upright box. */
  public static Region of(Xyxy box) {
    return upright(box.x1(), box.y1(), box.x2(), box.y2());
  }

  /** An upright box. */
  public static Region upright(double left, double top, double right, double bottom) {
    return new Region(new double[] {left, top, right, top, right, bottom, left, bottom}, false);
  }

  /** A rotated box. */
  static Region of(Obb box) {
    double[] corners = new double[8];
    List<Xy> around = box.corners();
    for (int i = 0; i < 4; i++) {
      corners[2 * i] = around.get(i).x();
      corners[2 * i + 1] = around.get(i).y();
    }
    return new Region(corners, true);
  }

  /** The corners of a symbol, or the box if the corners cannot be those of one. */
  static Region of(Xyxy box, Keypoints points) {
    double[] corners = new double[8];
    if (points.points().size() != 4) {
      return of(box);
    }
    for (int i = 0; i < 4; i++) {
      Keypoint point = points.points().get(i);
      if (point.hasVisibility() && point.visibility() < LEAST_VISIBILITY) {
        return of(box);
      }
      corners[2 * i] = point.x();
      corners[2 * i + 1] = point.y();
    }
    return Polygons.isConvex(corners) ? new Region(corners, true) : of(box);
  }

  /** Left, top, right and bottom. */
  public double[] bounds() {
    return Polygons.bounds(corners);
  }

  /** Mean length of the sides that begin at the first corner and at the second one. */
  double[] sides() {
    double along = side(0) + side(2);
    double across = side(1) + side(3);
    return new double[] {along / 2, across / 2};
  }

  private double side(int from) {
    int a = 2 * from;
    int b = (a + 2) % 8;
    return Math.hypot(corners[b] - corners[a], corners[b + 1] - corners[a + 1]);
  }

  /** The region moved, then enlarged. */
  Region moved(double dx, double dy, double scale) {
    double[] other = new double[8];
    for (int i = 0; i < 8; i++) {
      other[i] = (corners[i] + (i % 2 == 0 ? dx : dy)) * scale;
    }
    return new Region(other, fitting);
  }

  /** The rectangle of an angle around the bounds. */
  Region turned(double angle) {
    double[] box = bounds();
    double cos = Math.abs(Math.cos(angle));
    double sin = Math.abs(Math.sin(angle));
    double width = (box[2] - box[0]) * cos + (box[3] - box[1]) * sin;
    double height = (box[2] - box[0]) * sin + (box[3] - box[1]) * cos;
    return rectangle(angle, width, height);
  }

  /** The square of an angle that just fits into the bounds. */
  Region square(double angle) {
    double[] box = bounds();
    double reach = Math.abs(Math.cos(angle)) + Math.abs(Math.sin(angle));
    double side = (box[2] - box[0] + box[3] - box[1]) / 2 / reach;
    return rectangle(angle, side, side);
  }

  private Region rectangle(double angle, double width, double height) {
    double[] box = bounds();
    double[] other = new double[8];
    for (int i = 0; i < 4; i++) {
      double u = (i == 1 || i == 2 ? width : -width) / 2;
      double v = (i > 1 ? height : -height) / 2;
      other[2 * i] = (box[0] + box[2]) / 2 + u * Math.cos(angle) - v * Math.sin(angle);
      other[2 * i + 1] = (box[1] + box[3]) / 2 + u * Math.sin(angle) + v * Math.cos(angle);
    }
    return new Region(other, true);
  }
}
