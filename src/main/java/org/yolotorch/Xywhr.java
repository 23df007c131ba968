// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

/**
 * A rotated box in pixels of the picture, not clipped to it.
 *
 * @param x centre, from the left
 * @param y centre, from the top
 * @param width length of the edges along the angle
 * @param height length of the other edges
 * @param angle of the width against the x axis, clockwise on the screen, in radians; its range is
 *     that of the {@link AngleConvention} asked for
 */
public record Xywhr(float x, float y, float width, float height, float angle) {
  @Override
  public String toString() {
    return "[" + x + ", " + y + ", " + width + ", " + height + ", " + angle + "]";
  }
}
