// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.codes;

/**
 * A symbol as the camera would see it if nothing stood before it, by calculation alone.
 *
 * @param box in pixels, clipped to the picture; null if nothing is seen
 * @param share how much of it is in the picture and faces the camera
 * @param module pixels of a module where it is shortened most
 * @param tilt degrees between its middle and the direction to the camera
 */
record Projection(Rect box, double share, double module, double tilt) {
  private static final int POINTS = 24;

  static Projection of(Card card, Placed placed, View view) {
    Rect outline = placed.outline();
    double left = view.width();
    double top = view.height();
    double right = 0;
    double bottom = 0;
    int seen = 0;
    for (int i = 0; i < (POINTS + 1) * (POINTS + 1); i++) {
      double x = outline.x() + outline.width() * (i % (POINTS + 1)) / POINTS;
      double y = outline.y() + outline.height() * (i / (POINTS + 1)) / POINTS;
      Vec point = card.world(x, y);
      if (view.depth(point) <= 0 || cosine(card, x, y, view) <= 0) {
        continue;
      }
      double[] at = view.project(point);
      boolean inside = at[0] >= 0 && at[1] >= 0 && at[0] <= view.width() && at[1] <= view.height();
      seen += inside ? 1 : 0;
      left = Math.min(left, at[0]);
      top = Math.min(top, at[1]);
      right = Math.max(right, at[0]);
      bottom = Math.max(bottom, at[1]);
    }
    left = Math.max(0, left);
    top = Math.max(0, top);
    double width = Math.min(view.width(), right) - left;
    double height = Math.min(view.height(), bottom) - top;
    Rect box = width <= 0 || height <= 0 ? null : new Rect(left, top, width, height);
    double x = outline.x() + outline.width() / 2;
    double y = outline.y() + outline.height() / 2;
    double tilt = Math.toDegrees(Math.acos(cosine(card, x, y, view)));
    double share = seen / (double) ((POINTS + 1) * (POINTS + 1));
    return new Projection(box, share, module(card, placed, view), tilt);
  }

  private static double cosine(Card card, double x, double y, View view) {
    return card.normal(x, y).dot(view.location().minus(card.world(x, y)).unit());
  }

  private static double module(Card card, Placed placed, View view) {
    Rect outline = placed.outline();
    double x = outline.x() + outline.width() / 2;
    double y = outline.y() + outline.height() / 2;
    double across =
        length(view, card.world(outline.x(), y), card.world(outline.right(), y)) / outline.width();
    double down =
        length(view, card.world(x, outline.y()), card.world(x, outline.bottom()))
            / outline.height();
    boolean linear = placed.symbol().type() == Symbol.BARCODE;
    double along = placed.turns() % 2 == 0 ? across : down;
    return (linear ? along : Math.min(across, down)) * placed.scale() * placed.symbol().module();
  }

  private static double length(View view, Vec from, Vec to) {
    double[] one = view.project(from);
    double[] two = view.project(to);
    return Math.hypot(one[0] - two[0], one[1] - two[1]);
  }

  /** How far the sides of another box are from this one's, at most. */
  double difference(Rect other) {
    return Math.max(
        Math.max(Math.abs(box.x() - other.x()), Math.abs(box.y() - other.y())),
        Math.max(Math.abs(box.right() - other.right()), Math.abs(box.bottom() - other.bottom())));
  }
}
