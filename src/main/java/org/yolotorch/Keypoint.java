// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

/**
 * A point of an object. Immutable.
 *
 * @param x pixels from the left of the picture, clipped to it
 * @param y pixels from the top of the picture, clipped to it
 * @param visibility probability that the point is visible, 0 to 1, or NaN if the model does not
 *     predict it; see {@link #hasVisibility()}
 */
public record Keypoint(float x, float y, float visibility) {
  /** Whether the model predicts the visibility of its points. */
  public boolean hasVisibility() {
    return !Float.isNaN(visibility);
  }
}
