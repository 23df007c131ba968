// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

/**
 * A point: pixels from the left and from the top of the picture, or, where a method says
 * normalised, fractions of its width and height.
 */
public record Xy(float x, float y) {
  @Override
  public String toString() {
    return "[" + x + ", " + y + "]";
  }
}
