// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

/**
 * Centre, width and height of a box. In pixels of the picture, or, where a method says normalised,
 * as fractions of its width and height.
 */
public record Xywh(float x, float y, float width, float height) {
  @Override
  public String toString() {
    return "[" + x + ", " + y + ", " + width + ", " + height + "]";
  }
}
