// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.image;

import org.yolotorch.ImageLimits;
import org.yolotorch.YoloException;

/** Checks the size of a picture against {@link ImageLimits}. */
public final class SizeCheck {
  private static final int MILLION = 1_000_000;

  private SizeCheck() {}

  /**
   * Checks a size.
   *
   * @param name what to call the picture in a message
   * @throws YoloException.InvalidImage if the size is not within the limits
   */
  public static void check(ImageLimits limits, String name, int width, int height) {
    if (width < 1
        || height < 1
        || width > limits.maxSide()
        || height > limits.maxSide()
        || (long) width * height > limits.maxPixels()) {
      throw new YoloException.InvalidImage(
          "A picture must have sides from 1 to "
              + limits.maxSide()
              + " and at most "
              + pixels(limits.maxPixels())
              + " pixels, but "
              + name
              + " is "
              + width
              + "x"
              + height
              + " (width x height); raise max_pixels (in Java ImageLimits), or scale or split it.");
    }
  }

  private static String pixels(int count) {
    return count % MILLION == 0 ? count / MILLION + " million" : Integer.toString(count);
  }
}
