// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.codes.scene;

import java.awt.Color;
import java.awt.Graphics2D;
import org.yolotorch.codes.cards.Card;
import org.yolotorch.codes.cards.Fillers;
import org.yolotorch.codes.cards.Inks;
import org.yolotorch.codes.cards.Patterns;
import org.yolotorch.codes.picture.Draws;
import org.yolotorch.codes.picture.Picture;

/** Cards without codes. */
final class Distractors {
  private Distractors() {}

  static Card draw(Photos photos, boolean validation, Draws draws) {
    Card card = new Card(draws.whole(120, 420), draws.whole(120, 420));
    int paper =
        draws.chance(0.7)
            ? Inks.paper(draws)
            : draws.colour(draws.unit(), draws.in(0, 0.8), draws.in(0.3, 1));
    int ink = Inks.contrast(paper, draws);
    switch (draws.weighted(4, 3, photos.isEmpty() ? 0 : 1.5)) {
      case 0 -> new Patterns(card, ink, paper, draws).any();
      case 1 -> words(card, ink, paper, draws);
      default -> photo(card, photos, validation, draws);
    }
    return card;
  }

  private static void words(Card card, int ink, int paper, Draws draws) {
    Graphics2D g = card.image.createGraphics();
    g.setColor(new Color(paper));
    g.fillRect(0, 0, card.width, card.height);
    Fillers fillers = new Fillers(g, draws);
    double y = 6;
    while (y < card.height - 12) {
      double block = draws.in(10, card.height * 0.5);
      fillers.any(6, y, card.width - 12, Math.min(block, card.height - 6 - y), ink);
      y += block + draws.in(2, 15);
    }
    g.dispose();
  }

  private static void photo(Card card, Photos photos, boolean validation, Draws draws) {
    Picture part = new Picture(card.width, card.height);
    Photos.crop(photos.draw(validation, draws), part, 0, 0, card.width, card.height, draws);
    Graphics2D g = card.image.createGraphics();
    g.drawImage(part.toImage(), 0, 0, null);
    g.dispose();
  }
}
