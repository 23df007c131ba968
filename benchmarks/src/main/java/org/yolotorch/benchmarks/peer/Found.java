// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.peer;

/**
 * An object found in a picture.
 *
 * @param classId class of the object
 * @param confidence 0 to 1
 * @param x1 left, in pixels of the picture; of a rotated box the first corner
 * @param y1 top
 * @param x2 right; of a rotated box the third corner
 * @param y2 bottom
 */
public record Found(int classId, float confidence, float x1, float y1, float x2, float y2) {
  /** The larger distance, along one axis, of the two corners from those of another, in pixels. */
  public double cornerDistance(Found other) {
    return Math.max(
        Math.max(Math.abs(x1 - other.x1), Math.abs(y1 - other.y1)),
        Math.max(Math.abs(x2 - other.x2), Math.abs(y2 - other.y2)));
  }
}
