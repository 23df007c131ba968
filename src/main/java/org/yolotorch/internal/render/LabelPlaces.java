// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.render;

import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds places for labels of one height in a picture: inside of it, and free of the labels placed
 * before where there is room nearby.
 */
final class LabelPlaces {
  /** How many heights up and down a place is looked for; one farther off tells nothing. */
  private static final int FARTHEST = 10;

  private final int width;
  private final int height;
  private final int labelHeight;

  /** The labels that begin in a strip of the picture as high as a label. */
  private final Map<Integer, List<Rectangle>> strips = new HashMap<>();

  LabelPlaces(int width, int height, int labelHeight) {
    this.width = width;
    this.height = height;
    this.labelHeight = Math.max(labelHeight, 1);
  }

  /**
   * The place of the next label, which is then taken: above this point, the left end, if it fits
   * there, else below it, else next to there; inside the picture unless it is larger.
   */
  Rectangle take(int labelWidth, float x, float y) {
    Rectangle first = inside(labelWidth, (int) x, (int) y - labelHeight);
    if ((int) y - labelHeight < 0) {
      first.y = inside(labelWidth, (int) x, Math.max(0, (int) y)).y;
    }
    Rectangle place = isFree(first) ? first : near(first);
    strips.computeIfAbsent(strip(place.y), strip -> new ArrayList<>()).add(place);
    return place;
  }

  /** The nearest free place, or the place itself if there is none. */
  private Rectangle near(Rectangle first) {
    for (int row = 1; row <= FARTHEST; row++) {
      for (int side = 0; side < 3; side++) {
        // In the column first, then beside it: to the left, to the right.
        int dx = side == 0 ? 0 : side == 1 ? -first.width : first.width;
        int rows = side == 0 ? row : row - 1;
        for (int dy : new int[] {rows * labelHeight, -rows * labelHeight}) {
          Rectangle place = new Rectangle(first);
          place.translate(dx, dy);
          if (isInside(place) && isFree(place)) {
            return place;
          }
        }
      }
    }
    return first;
  }

  private Rectangle inside(int labelWidth, int x, int y) {
    int left = Math.max(0, Math.min(x, width - labelWidth));
    int top = Math.max(0, Math.min(y, height - labelHeight));
    return new Rectangle(left, top, labelWidth, labelHeight);
  }

  private boolean isInside(Rectangle place) {
    return place.x >= 0
        && place.y >= 0
        && place.x + place.width <= width
        && place.y + place.height <= height;
  }

  private boolean isFree(Rectangle place) {
    int strip = strip(place.y);
    for (int near = strip - 1; near <= strip + 1; near++) {
      for (Rectangle taken : strips.getOrDefault(near, List.of())) {
        if (taken.intersects(place)) {
          return false;
        }
      }
    }
    return true;
  }

  private int strip(int y) {
    return y / labelHeight;
  }
}
