// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.data;

/** The corners of a label's box, as fractions of the picture's sides or in pixels. */
public record LabelBox(double left, double top, double right, double bottom) {
  /** The box of this centre and size. */
  public static LabelBox ofCentre(double x, double y, double width, double height) {
    return new LabelBox(x - width / 2, y - height / 2, x + width / 2, y + height / 2);
  }

  /** The smallest box around points, x, y pairs, at least one. */
  static LabelBox around(double[] points) {
    double left = points[0];
    double top = points[1];
    double right = left;
    double bottom = top;
    for (int i = 2; i < points.length; i += 2) {
      left = Math.min(left, points[i]);
      top = Math.min(top, points[i + 1]);
      right = Math.max(right, points[i]);
      bottom = Math.max(bottom, points[i + 1]);
    }
    return new LabelBox(left, top, right, bottom);
  }

  /** Centre x and y, width and height. */
  double[] centred() {
    return new double[] {(left + right) / 2, (top + bottom) / 2, right - left, bottom - top};
  }

  public LabelBox scaled(double x, double y) {
    return new LabelBox(left * x, top * y, right * x, bottom * y);
  }

  public double area() {
    return (right - left) * (bottom - top);
  }
}
