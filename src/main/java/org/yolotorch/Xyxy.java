// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

/**
 * Two corners of a box: left, top, right, bottom. In pixels of the picture, or, where a method says
 * normalised, as fractions of its width and height.
 */
public record Xyxy(float x1, float y1, float x2, float y2) {
  @Override
  public String toString() {
    return "[" + x1 + ", " + y1 + ", " + x2 + ", " + y2 + "]";
  }
}
