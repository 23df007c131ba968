// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.image;

import org.yolotorch.Image;
import org.yolotorch.PixelRect;
import org.yolotorch.Xyxy;

/** The part of a picture around a box. */
public final class Crop {
  private static final float GAIN = 1.02f;
  private static final int MARGIN = 10;

  private Crop() {}

  /** A view of the pixels of the box, enlarged and cut at the edges; at least one pixel. */
  public static Image of(Image image, Xyxy box) {
    float width = enlarged(box.width());
    float height = enlarged(box.height());
    float x = (box.x1() + box.x2()) / 2;
    float y = (box.y1() + box.y2()) / 2;
    int left = clip(x - width / 2, image.width() - 1);
    int top = clip(y - height / 2, image.height() - 1);
    int right = Math.max(clip(x + width / 2, image.width()), left + 1);
    int bottom = Math.max(clip(y + height / 2, image.height()), top + 1);
    return image.part(new PixelRect(left, top, right - left, bottom - top));
  }

  /** What a side of a box becomes. */
  static float enlarged(float side) {
    return side * GAIN + MARGIN;
  }

  private static int clip(float value, int most) {
    return (int) Math.max(0, Math.min(most, value));
  }
}
