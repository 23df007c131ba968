// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import org.yolotorch.internal.Checks;

/**
 * Two corners of a box: left, top, right, bottom. In pixels of the picture, or, where a method says
 * normalised, as fractions of its width and height. Immutable.
 *
 * @param x1 left
 * @param y1 top
 * @param x2 right
 * @param y2 bottom
 */
public record Xyxy(float x1, float y1, float x2, float y2) {
  /** Right minus left, in the unit of the corners. */
  public float width() {
    return x2 - x1;
  }

  /** Bottom minus top, in the unit of the corners. */
  public float height() {
    return y2 - y1;
  }

  /** Width x height, in the square of the unit; 0 for a box whose corners are swapped. */
  public double area() {
    return Math.max(0.0, (double) x2 - x1) * Math.max(0.0, (double) y2 - y1);
  }

  /**
   * Intersection over union with another box of the same unit: 0 for boxes apart, 1 for equal ones.
   * 0 if both are empty.
   */
  public double iou(Xyxy other) {
    Checks.given("other", other);
    double width = Math.min((double) x2, other.x2) - Math.max((double) x1, other.x1);
    double height = Math.min((double) y2, other.y2) - Math.max((double) y1, other.y1);
    double common = width > 0 && height > 0 ? width * height : 0;
    double union = area() + other.area() - common;
    return common > 0 && union > 0 ? common / union : 0;
  }

  @Override
  public String toString() {
    return "[" + x1 + ", " + y1 + ", " + x2 + ", " + y2 + "]";
  }
}
