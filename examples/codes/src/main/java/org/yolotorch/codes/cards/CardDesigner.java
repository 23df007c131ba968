// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.codes.cards;

import java.awt.Color;
import java.awt.Graphics2D;
import org.yolotorch.codes.picture.Draws;
import org.yolotorch.codes.symbols.CodeClass;
import org.yolotorch.codes.symbols.Symbol;
import org.yolotorch.codes.symbols.Symbols;

/** Labels, packages, sheets and direct prints with codes. */
public final class CardDesigner {
  private static final int MOST_PIXELS = 1800;

  private final Draws draws;
  private final CodeClass kind;
  private final int codeWidth;
  private final int codeHeight;
  private final Symbol symbol;
  private final double module;

  /**
   * Designs a card for a code.
   *
   * @param size longer side of the code on the card, in pixels
   * @param most modules that it may have at this size
   */
  public CardDesigner(CodeClass kind, double size, double most, Draws draws) {
    this.draws = draws;
    this.kind = kind;
    this.symbol = Symbols.draw(kind, most, draws);
    double aspect = symbol.aspect();
    this.codeWidth = (int) Math.max(8, Math.round(aspect >= 1 ? size : size * aspect));
    this.codeHeight = (int) Math.max(4, Math.round(aspect >= 1 ? size / aspect : size));
    this.module = (double) codeWidth / symbol.columns();
  }

  public int modules() {
    return symbol.longest();
  }

  /** A code and its quiet zone in black on white, without anything else. */
  public Card plain() {
    int quiet = (int) Math.ceil(module * 10);
    Card card = new Card(codeWidth + 2 * quiet, codeHeight + 2 * quiet);
    fill(card, 0xFFFFFF, 0, 0, card.width, card.height);
    CodePainter.Print print =
        new CodePainter.Print(0, 0, CodePainter.Dots.SQUARE, false, 1, false, false);
    new CodePainter(card, symbol, print, draws).paint(quiet, quiet, codeWidth, codeHeight, 0);
    return card;
  }

  /**
   * Ink on what is below.
   *
   * @param dark whether what is below is dark
   */
  public Card direct(boolean dark) {
    boolean light = dark && !kind.isLinear();
    int ink = light ? draws.pick(0xE8E8E8, 0xFFFFFF, 0xC8C4B8) : Inks.dark(draws);
    CodePainter.Print print = print(ink, light);
    int quiet = (int) Math.ceil(module * 4);
    Card card = new Card(codeWidth + 2 * quiet, codeHeight + 2 * quiet + textHeight(print));
    card.ground = light ? Card.Ground.DARK : Card.Ground.BRIGHT;
    if (light && draws.chance(0.5)) {
      // Laser marks darken or lighten a field around the modules.
      print = print(ink, false);
    }
    new CodePainter(card, symbol, print, draws).paint(quiet, quiet, codeWidth, codeHeight, 0);
    return card;
  }

  private int textHeight(CodePainter.Print print) {
    return print.text() ? CodeText.height(symbol, codeWidth) + 2 : 0;
  }

  private CodePainter.Print print(int ink, boolean inverted) {
    boolean dots = draws.chance(kind == CodeClass.DATAMATRIX ? 0.2 : 0.06);
    boolean round = dots && module > 3 && !kind.isLinear() && kind != CodeClass.PDF417;
    return new CodePainter.Print(
        ink,
        draws.in(-0.15, 0.25),
        round ? CodePainter.Dots.ROUND : CodePainter.Dots.SQUARE,
        kind.isLinear() && draws.chance(0.7),
        draws.chance(0.7) ? 1 : draws.in(0.7, 1),
        draws.chance(0.3),
        inverted);
  }

  /** A label with random things around the code. */
  public Card label() {
    boolean inverted = !kind.isLinear() && kind != CodeClass.PDF417 && draws.chance(0.08);
    int paper = inverted ? Inks.dark(draws) : Inks.paper(draws);
    int ink = inverted ? Inks.paper(draws) : Inks.onPaper(paper, draws);
    CodePainter.Print print = print(ink, false);
    int quiet = (int) Math.ceil(module * quietModules());
    int quietDown = kind.isLinear() ? (int) Math.ceil(quiet * draws.in(0.1, 0.8)) : quiet;
    int boxWidth = codeWidth + 2 * quiet;
    int boxHeight = codeHeight + 2 * quietDown + textHeight(print);
    int[] around = around();
    Card card = new Card(around[0] + boxWidth + around[2], around[1] + boxHeight + around[3]);
    boolean art = around[0] + around[1] + around[2] + around[3] > 0 && draws.chance(0.3);
    ground(card, paper, art);
    zones(card, around, boxWidth, boxHeight, art ? Inks.contrast(paper, draws) : ink);
    if (art) {
      fill(card, paper, around[0], around[1], boxWidth, boxHeight);
    }
    frame(card, around, boxWidth, boxHeight, ink);
    new CodePainter(card, symbol, print, draws)
        .paint(around[0] + quiet, around[1] + quietDown, codeWidth, codeHeight, 0);
    return card;
  }

  private double quietModules() {
    return kind.isLinear() ? draws.in(5, 10) : draws.in(1, 4);
  }

  /** Room on the left, above, on the right and below. */
  private int[] around() {
    int[] around = new int[4];
    double longer = Math.max(codeWidth, codeHeight);
    if (draws.chance(0.3)) {
      return around;
    }
    for (int i = 0; i < 4; i++) {
      double room = draws.chance(0.35) ? draws.in(0, 0.1) : draws.logIn(0.08, 1.5);
      around[i] = (int) (longer * room);
    }
    double scale =
        Math.min(
            1, MOST_PIXELS / (longer + Math.max(around[0] + around[2], around[1] + around[3])));
    for (int i = 0; i < 4; i++) {
      around[i] = (int) (around[i] * scale);
    }
    return around;
  }

  private void ground(Card card, int paper, boolean art) {
    if (!art) {
      fill(card, paper, 0, 0, card.width, card.height);
      return;
    }
    Graphics2D g = card.image.createGraphics();
    Artwork.draw(g, card.width, card.height, draws);
    g.dispose();
  }

  private static void fill(Card card, int colour, int x, int y, int width, int height) {
    Graphics2D g = card.image.createGraphics();
    g.setColor(new Color(colour));
    g.fillRect(x, y, width, height);
    g.dispose();
  }

  private void zones(Card card, int[] around, int boxWidth, int boxHeight, int ink) {
    Graphics2D g = card.image.createGraphics();
    Fillers fillers = new Fillers(g, draws);
    double gap = 0.02 * card.width + 2;
    int right = around[0] + boxWidth;
    int below = around[1] + boxHeight;
    double wide = card.width - 2 * gap;
    zone(fillers, gap, gap, wide, around[1] - gap, ink);
    zone(fillers, gap, below, wide, around[3] - gap, ink);
    zone(fillers, gap, around[1], around[0] - gap, boxHeight, ink);
    zone(fillers, right, around[1], around[2] - gap, boxHeight, ink);
    g.dispose();
  }

  private void zone(Fillers fillers, double x, double y, double width, double height, int ink) {
    if (draws.chance(0.2)) {
      return;
    }
    boolean halves = draws.chance(0.35) && width > 40 && height > 20;
    if (!halves) {
      fillers.any(x, y, width, height, ink);
    } else if (width > height) {
      fillers.any(x, y, width * 0.47, height, ink);
      fillers.any(x + width * 0.5, y, width * 0.47, height, ink);
    } else {
      fillers.any(x, y, width, height * 0.47, ink);
      fillers.any(x, y + height * 0.5, width, height * 0.47, ink);
    }
  }

  private void frame(Card card, int[] around, int boxWidth, int boxHeight, int ink) {
    Graphics2D g = card.image.createGraphics();
    Fillers.smooth(g);
    g.setColor(new Color(ink));
    g.setStroke(new java.awt.BasicStroke((float) Math.max(0.8, module * draws.in(0.2, 1.2))));
    if (draws.chance(0.12)) {
      g.drawRect(around[0], around[1], boxWidth - 1, boxHeight - 1);
    }
    if (draws.chance(0.15)) {
      g.drawRect(1, 1, card.width - 3, card.height - 3);
    }
    if (draws.chance(0.1)) {
      g.drawLine(0, around[1], card.width, around[1]);
    }
    g.dispose();
  }
}
