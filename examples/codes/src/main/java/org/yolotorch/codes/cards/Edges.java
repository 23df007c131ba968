// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.codes.cards;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.RoundRectangle2D;
import org.yolotorch.codes.picture.Draws;

/** What labels end in: round corners, a shadow below, the frame of a screen. */
public final class Edges {
  private Edges() {}

  /** A card with some of these; its codes move along. */
  public static Card finish(Card card, Draws draws) {
    int side = Math.min(card.width, card.height);
    if (draws.chance(0.06)) {
      return screen(card, side, draws);
    }
    double round = draws.chance(0.3) ? side * draws.in(0.02, 0.15) : 0;
    if (round > 0) {
      roundOff(card, round);
    }
    return draws.chance(0.4) ? shadowed(card, side, round, draws) : card;
  }

  private static void roundOff(Card card, double radius) {
    int[] pixels = card.pixels();
    for (int y = 0; y < card.height; y++) {
      double dy = Math.max(0, Math.max(radius - y - 0.5, y + 0.5 - card.height + radius));
      if (dy == 0) {
        continue;
      }
      for (int x = 0; x < card.width; x++) {
        double dx = Math.max(0, Math.max(radius - x - 0.5, x + 0.5 - card.width + radius));
        if (dx > 0 && dx * dx + dy * dy > radius * radius) {
          pixels[y * card.width + x] = 0;
        }
      }
    }
  }

  private static Card shadowed(Card card, int side, double round, Draws draws) {
    double soft = Math.max(2, side * draws.in(0.02, 0.15));
    double offsetX = soft * draws.in(-0.6, 0.6);
    double offsetY = soft * draws.in(-0.6, 0.6);
    double strength = 255 * draws.in(0.2, 0.75);
    int margin = (int) Math.ceil(1.6 * soft);
    Card wider = new Card(card.width + 2 * margin, card.height + 2 * margin);
    int[] pixels = wider.pixels();
    double inset = Math.max(round, 1);
    for (int i = 0; i < pixels.length; i++) {
      int column = i % wider.width - margin;
      int row = i / wider.width - margin;
      if (column > round
          && row > round
          && column < card.width - round
          && row < card.height - round) {
        continue;
      }
      double x = column + 0.5 - offsetX;
      double y = row + 0.5 - offsetY;
      double dx = Math.max(0, Math.max(inset - x, x - card.width + inset));
      double dy = Math.max(0, Math.max(inset - y, y - card.height + inset));
      double part = 1 - (Math.sqrt(dx * dx + dy * dy) - inset) / soft;
      if (part > 0) {
        double alpha = Math.min(1, part);
        pixels[i] = (int) (strength * alpha * alpha) << 24;
      }
    }
    wider.paste(card, margin, margin);
    wider.ground = card.ground;
    return wider;
  }

  private static Card screen(Card card, int side, Draws draws) {
    int frame = (int) Math.ceil(side * draws.in(0.03, 0.12));
    int bar = (int) (side * draws.in(0, 0.3));
    Card device = new Card(card.width + 2 * frame, card.height + 2 * frame + 2 * bar);
    Graphics2D g = device.image.createGraphics();
    Fillers.smooth(g);
    g.setColor(new Color(Inks.grey(draws.whole(5, 60))));
    double arc = draws.in(0, 3) * frame;
    g.fill(new RoundRectangle2D.Double(0, 0, device.width, device.height, arc, arc));
    g.setColor(new Color(draws.chance(0.5) ? 0xFFFFFF : draws.colour(draws.unit(), 0.5, 0.9)));
    g.fillRect(frame, frame, card.width, card.height + 2 * bar);
    if (bar > 8) {
      Fillers fillers = new Fillers(g, draws);
      fillers.any(frame + 2, frame + 2, card.width - 4.0, bar - 4.0, 0x202020);
      double below = frame + bar + card.height + 2.0;
      fillers.any(frame + 2, below, card.width - 4.0, bar - 4.0, 0x202020);
    }
    g.dispose();
    device.paste(card, frame, frame + bar);
    device.shining = true;
    return device;
  }
}
