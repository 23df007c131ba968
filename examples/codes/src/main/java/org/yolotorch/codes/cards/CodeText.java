// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.codes.cards;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.RoundRectangle2D;
import org.yolotorch.codes.picture.Draws;
import org.yolotorch.codes.symbols.Symbol;

/** The text below linear codes, and the picture in the middle of some QR codes. */
final class CodeText {
  private final Card card;
  private final Symbol symbol;
  private final int ink;
  private final Draws draws;

  CodeText(Card card, Symbol symbol, int ink, Draws draws) {
    this.card = card;
    this.symbol = symbol;
    this.ink = ink;
    this.draws = draws;
  }

  /** Height that the text takes below a linear code of a width. */
  static int height(Symbol symbol, int across) {
    return (int) Math.ceil(Math.max(4, across * 9.0 / Math.max(60, symbol.columns())));
  }

  /**
   * Draws the text; that of EAN and UPC in two halves between the guard bars.
   *
   * @param end where the bars end
   */
  void below(double left, double end, int across) {
    Graphics2D g = card.image.createGraphics();
    Fillers.smooth(g);
    g.setColor(new Color(ink));
    int size = height(symbol, across);
    g.setFont(new Font(draws.pick("Monospaced", "SansSerif", "SansSerif"), Font.PLAIN, size));
    String text = symbol.text();
    if (symbol.guards() != null) {
      int half = text.length() / 2;
      centred(g, text.substring(0, half), left + 0.28 * across, end, 0.36 * across);
      centred(g, text.substring(half), left + 0.73 * across, end, 0.36 * across);
    } else {
      centred(g, text, left + 0.5 * across, end + 0.15 * size, 0.9 * across);
    }
    g.dispose();
  }

  private static void centred(Graphics2D g, String text, double x, double y, double most) {
    FontMetrics metrics = g.getFontMetrics();
    double wide = Math.max(1, metrics.stringWidth(text));
    double squeeze = Math.min(1.3, most / wide);
    AffineTransform before = g.getTransform();
    g.translate(x - wide * squeeze / 2, y + 0.82 * metrics.getAscent());
    g.scale(squeeze, 1);
    g.drawString(text, 0, 0);
    g.setTransform(before);
  }

  /** Draws a picture in the middle, which the error correction of QR codes allows. */
  static void logo(Card card, int left, int top, int side, Draws draws) {
    Graphics2D g = card.image.createGraphics();
    Fillers fillers = new Fillers(g, draws);
    double size = side * draws.in(0.15, 0.26);
    double x = left + (side - size) / 2;
    double y = top + (side - size) / 2;
    double arc = draws.chance(0.5) ? size * draws.in(0, 1) : 0;
    g.setColor(draws.chance(0.8) ? Color.WHITE : new Color(Inks.dark(draws)));
    g.fill(new RoundRectangle2D.Double(x, y, size, size, arc, arc));
    g.setColor(new Color(draws.colour(draws.unit(), 0.8, draws.in(0.3, 0.9))));
    fillers.logo(x + size * 0.1, y + size * 0.1, size * 0.8, size * 0.8);
    g.dispose();
  }
}
