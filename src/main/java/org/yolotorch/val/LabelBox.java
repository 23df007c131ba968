// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.val;

/** The corners of a label's box, as fractions of the picture's sides or in pixels. */
record LabelBox(double left, double top, double right, double bottom) {
  /** The box of this centre and size. */
  static LabelBox centred(double x, double y, double width, double height) {
    return new LabelBox(x - width / 2, y - height / 2, x + width / 2, y + height / 2);
  }

  /** The smallest box around points, x, y pairs within 0 to 1. */
  static LabelBox around(double[] points) {
    double left = 1;
    double top = 1;
    double right = 0;
    double bottom = 0;
    for (int i = 0; i < points.length; i += 2) {
      left = Math.min(left, points[i]);
      top = Math.min(top, points[i + 1]);
      right = Math.max(right, points[i]);
      bottom = Math.max(bottom, points[i + 1]);
    }
    return new LabelBox(left, top, right, bottom);
  }

  LabelBox scaled(double x, double y) {
    return new LabelBox(left * x, top * y, right * x, bottom * y);
  }

  double area() {
    return (right - left) * (bottom - top);
  }
}
