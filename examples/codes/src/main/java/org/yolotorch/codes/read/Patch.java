// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.codes.read;

/**
 * A code and what is around it, cut out of a picture; smaller than there if it is large.
 *
 * @param gray the pixels
 * @param region where the code is in them
 */
record Patch(Gray gray, Region region) {
  private static final double LONGEST = 800;

  /** Cuts a patch out. */
  static Patch of(Gray picture, Region region) {
    double[] box = region.bounds();
    double around = 0.5 * Math.max(box[2] - box[0], box[3] - box[1]) + 4;
    int left = (int) Math.max(0, Math.floor(box[0] - around));
    int top = (int) Math.max(0, Math.floor(box[1] - around));
    int right = (int) Math.min(picture.width(), Math.ceil(box[2] + around));
    int bottom = (int) Math.min(picture.height(), Math.ceil(box[3] + around));
    Gray gray = picture.part(left, top, Math.max(1, right - left), Math.max(1, bottom - top));
    Region moved = region.moved(-left, -top, 1);
    while (longest(moved) > LONGEST) {
      gray = gray.halved();
      moved = moved.moved(0, 0, 0.5);
    }
    return new Patch(gray, moved);
  }

  private static double longest(Region region) {
    double[] sides = region.sides();
    return Math.max(sides[0], sides[1]);
  }

  /** The direction of the sides of the symbol; bars have one, squares have two. */
  double angle(boolean bars) {
    double[] box = region.bounds();
    // Blur would take thin bars away.
    Gray smooth = bars ? gray : gray.blurred(1, 1);
    return smooth.angle(
        (int) Math.max(1, box[0]),
        (int) Math.max(1, box[1]),
        (int) Math.min(gray.width() - 1, Math.ceil(box[2])),
        (int) Math.min(gray.height() - 1, Math.ceil(box[3])),
        bars ? 2 : 4);
  }

  /**
   * Cuts a quadrilateral out and makes a rectangle of it.
   *
   * @param part the quadrilateral
   * @param scale pixels of the result for one of the patch; less if there would be too many
   * @param margin what is left around, as a share of the longer side
   */
  Gray cut(Region part, double scale, double margin) {
    double[] sides = part.sides();
    double enlarged = Math.min(scale, Math.max(1, 1.5 * LONGEST / longest(part)));
    double around = margin * Math.max(sides[0], sides[1]) + 2;
    int width = (int) Math.max(8, Math.round((sides[0] + 2 * around) * enlarged));
    int height = (int) Math.max(8, Math.round((sides[1] + 2 * around) * enlarged));
    Homography map = Homography.ofUnitSquare(part.corners());
    Gray cut = new Gray(width, height);
    double[] at = new double[2];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double u = ((x + 0.5) / enlarged - around) / sides[0];
        double v = ((y + 0.5) / enlarged - around) / sides[1];
        map.map(u, v, at);
        cut.pixels()[y * width + x] = gray.between(at[0], at[1]);
      }
    }
    return cut;
  }
}
