// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import org.yolotorch.internal.Checks;
import org.yolotorch.internal.Natives;

/**
 * Height and width of a network input in pixels, always in this order. Each side is 1 to {@value
 * #MAX_SIDE}; a model rounds them up to a multiple of its stride.
 *
 * @param height rows
 * @param width columns
 */
public record ImageSize(int height, int width) {
  /** The largest side accepted. */
  public static final int MAX_SIDE = Natives.YOLOTORCH_MAX_SIDE;

  /**
   * Checks both sides.
   *
   * @throws YoloException.InvalidArgument if a side is not within 1 to {@value #MAX_SIDE}
   */
  public ImageSize {
    Checks.range("imgsz", height, 1, MAX_SIDE);
    Checks.range("imgsz", width, 1, MAX_SIDE);
  }

  /**
   * A square of this side.
   *
   * @throws YoloException.InvalidArgument if the side is not within 1 to {@value #MAX_SIDE}
   */
  public static ImageSize square(int side) {
    return new ImageSize(side, side);
  }

  /** Height x width, such as {@code 480x640}. */
  @Override
  public String toString() {
    return height + "x" + width;
  }
}
