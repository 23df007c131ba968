// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.codes.cards;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import org.yolotorch.codes.picture.Draws;

/** Printed packages: colours, shapes and words. */
public final class Artwork {
  private Artwork() {}

  public static void draw(Graphics2D g, int width, int height, Draws draws) {
    Fillers.smooth(g);
    Color from = colour(draws);
    Color to = draws.chance(0.5) ? from : colour(draws);
    g.setPaint(new GradientPaint(0, 0, from, (float) draws.in(0, width), height, to));
    g.fill(new Rectangle2D.Double(0, 0, width, height));
    Fillers fillers = new Fillers(g, draws);
    for (int i = draws.below(7); i > 0; i--) {
      double w = width * draws.in(0.1, 1);
      double h = height * draws.in(0.05, 0.6);
      double x = draws.unit() * (width - w);
      double y = draws.unit() * (height - h);
      g.setColor(colour(draws));
      if (draws.chance(0.5)) {
        fillers.logo(x, y, w, h);
      } else {
        fillers.any(x, y, w, h, colour(draws).getRGB());
      }
    }
  }

  private static Color colour(Draws draws) {
    return draws.chance(0.3)
        ? new Color(Inks.grey(draws.whole(0, 255)))
        : new Color(draws.colour(draws.unit(), draws.in(0.1, 1), draws.in(0.15, 1)));
  }
}
