// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.codes.cards;

import org.yolotorch.codes.picture.Draws;
import org.yolotorch.codes.picture.Picture;

/** Colours of paper and ink, 0xRRGGBB. */
public final class Inks {
  private static final double LEAST_CONTRAST = 80;

  private Inks() {}

  /** Light. */
  public static int paper(Draws draws) {
    return switch (draws.weighted(5, 2, 2, 0.8)) {
      case 0 -> grey(draws.whole(235, 255));
      case 1 -> draws.colour(draws.in(0.05, 0.17), draws.in(0.02, 0.25), draws.in(0.85, 1));
      case 2 -> draws.colour(draws.unit(), draws.in(0, 0.4), draws.in(0.8, 1));
      // Cardboard.
      default -> draws.colour(draws.in(0.06, 0.1), draws.in(0.25, 0.5), draws.in(0.6, 0.8));
    };
  }

  /** Mostly black. */
  static int dark(Draws draws) {
    return draws.chance(0.75)
        ? grey(draws.whole(0, 45))
        : draws.colour(draws.unit(), draws.in(0.3, 1), draws.in(0.1, 0.45));
  }

  /** An ink that is dark enough on a paper. */
  public static int onPaper(int paper, Draws draws) {
    for (int i = 0; i < 8; i++) {
      int ink =
          draws.chance(0.85)
              ? dark(draws)
              : draws.colour(draws.unit(), draws.in(0.5, 1), draws.in(0.3, 0.8));
      if (Picture.brightness(paper) - Picture.brightness(ink) > LEAST_CONTRAST) {
        return ink;
      }
    }
    return 0;
  }

  /** Any colour that is not near another. */
  public static int contrast(int other, Draws draws) {
    return Picture.brightness(other) > 128 ? dark(draws) : paper(draws);
  }

  static int grey(int level) {
    return level << 16 | level << 8 | level;
  }
}
