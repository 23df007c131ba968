// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.codes;

import java.util.Locale;

/**
 * A code in a picture.
 *
 * @param card where it is printed
 * @param placed the symbol
 * @param free as it is seen without what stands before it
 * @param box its visible part in pixels of the picture
 * @param share how much of it is in the picture and not covered, of 0 to 1
 */
record Code(Card card, Placed placed, Projection free, Rect box, double share) {
  /** As if nothing stood before it; its box is null if it is not in the picture at all. */
  static Code uncovered(Card card, Placed placed, View view) {
    Projection free = Projection.of(card, placed, view);
    return new Code(card, placed, free, free.box(), free.share());
  }

  /** Whether it can be asked of a detector to find it. */
  boolean isFair() {
    return box != null
        && share >= 0.6
        && box.longest() >= 22
        && box.longest() <= 440
        && free.tilt() <= 62
        && free.module() >= placed.symbol().leastModule();
  }

  /** The line of a label file. */
  String label(View view) {
    return String.format(
        Locale.ROOT,
        "%d %.6f %.6f %.6f %.6f",
        placed.symbol().type(),
        (box.x() + box.width() / 2) / view.width(),
        (box.y() + box.height() / 2) / view.height(),
        box.width() / view.width(),
        box.height() / view.height());
  }
}
