// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.codes.cards;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import org.yolotorch.codes.picture.Draws;
import org.yolotorch.codes.symbols.Payloads;

/** What stands on labels beside codes: text, tables, frames, logos. */
public final class Fillers {
  private static final String LETTERS = "eeeeaaaiioounnrrssttdlcmhgpbfkvwyz";

  private final Graphics2D g;
  private final Draws draws;

  public Fillers(Graphics2D g, Draws draws) {
    this.g = g;
    this.draws = draws;
    smooth(g);
  }

  public static void smooth(Graphics2D g) {
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
  }

  /** One of them, in the colour of the ink. */
  public void any(double x, double y, double width, double height, int ink) {
    if (width < 6 || height < 4) {
      return;
    }
    g.setColor(new Color(ink));
    switch (draws.weighted(5, 2, 2, 1.5, 1, 0.7)) {
      case 0 -> text(x, y, width, height);
      case 1 -> table(x, y, width, height);
      case 2 -> logo(x, y, width, height);
      case 3 -> headline(x, y, width, height);
      case 4 -> bar(x, y, width, height);
      default -> pattern(x, y, width, height, ink);
    }
  }

  /** Lines of words. */
  void text(double x, double y, double width, double height) {
    int size = (int) Math.max(5, Math.min(height * 0.8, draws.logIn(0.03, 0.25) * height + 3));
    font(size);
    double pitch = size * draws.in(1.05, 1.6);
    double indent = draws.chance(0.3) ? draws.in(0, 0.2) * width : 0;
    for (double line = y + size; line < y + height; line += pitch) {
      if (draws.chance(0.06)) {
        continue;
      }
      String words = words((int) (width * draws.in(0.3, 1) / (0.58 * size)));
      g.drawString(words, (float) (x + indent), (float) line);
    }
  }

  private void font(int size) {
    int style = draws.pick(Font.PLAIN, Font.PLAIN, Font.PLAIN, Font.BOLD, Font.ITALIC);
    Font font = new Font(draws.pick("SansSerif", "SansSerif", "Serif", "Monospaced"), style, size);
    g.setFont(font);
  }

  /** About so many letters, in words. */
  String words(int letters) {
    StringBuilder text = new StringBuilder();
    boolean capitals = draws.chance(0.25);
    while (text.length() < letters) {
      String word =
          draws.chance(0.2)
              ? Payloads.digits(draws, draws.whole(1, 7))
              : Payloads.of(draws, LETTERS, draws.whole(1, 9));
      if (capitals) {
        word = word.toUpperCase(java.util.Locale.ROOT);
      } else if (draws.chance(0.2)) {
        word = Character.toUpperCase(word.charAt(0)) + word.substring(1);
      }
      text.append(word).append(draws.chance(0.06) ? ": " : " ");
    }
    return text.substring(0, Math.max(0, Math.min(letters, text.length())));
  }

  /** Cells with lines between them and words in some. */
  void table(double x, double y, double width, double height) {
    int rows = draws.whole(2, (int) Math.max(2, Math.min(10, height / 8)));
    int columns = draws.whole(1, (int) Math.max(1, Math.min(6, width / 20)));
    g.setStroke(new BasicStroke((float) draws.in(0.7, 2.5)));
    g.draw(new Rectangle2D.Double(x, y, width, height));
    double cellHeight = height / rows;
    double cellWidth = width / columns;
    font((int) Math.max(4, cellHeight * draws.in(0.3, 0.8)));
    double size = g.getFont().getSize();
    for (int r = 0; r < rows; r++) {
      double top = y + r * cellHeight;
      g.draw(new java.awt.geom.Line2D.Double(x, top, x + width, top));
      for (int c = 0; c < columns; c++) {
        if (draws.chance(0.75)) {
          String words = words((int) (cellWidth * draws.in(0.2, 0.9) / (0.6 * size)));
          g.drawString(words, (float) (x + c * cellWidth + 2), (float) (top + cellHeight * 0.75));
        }
        if (r == 0 && c > 0) {
          double line = x + c * cellWidth;
          g.draw(new java.awt.geom.Line2D.Double(line, y, line, y + height));
        }
      }
    }
  }

  /** A few simple shapes over one another. */
  void logo(double x, double y, double width, double height) {
    double size = Math.min(width, height) * draws.in(0.5, 1);
    double left = x + draws.unit() * (width - size);
    double top = y + draws.unit() * (height - size);
    Color ink = g.getColor();
    int shapes = draws.whole(1, 4);
    for (int i = 0; i < shapes; i++) {
      g.setColor(
          draws.chance(0.5)
              ? ink
              : new Color(draws.colour(draws.unit(), draws.in(0.2, 1), draws.in(0.2, 1))));
      double part = size * draws.in(0.3, 1);
      double px = left + draws.unit() * (size - part);
      double py = top + draws.unit() * (size - part);
      shape(px, py, part);
    }
    g.setColor(ink);
  }

  private void shape(double x, double y, double size) {
    boolean hollow = draws.chance(0.4);
    g.setStroke(new BasicStroke((float) (size * draws.in(0.04, 0.2))));
    java.awt.Shape shape;
    switch (draws.below(3)) {
      case 0 -> shape = new Ellipse2D.Double(x, y, size, size * draws.in(0.4, 1));
      case 1 -> shape = new Rectangle2D.Double(x, y, size, size * draws.in(0.2, 1));
      default -> {
        Path2D path = new Path2D.Double();
        path.moveTo(x + draws.unit() * size, y);
        for (int i = draws.whole(2, 6); i > 0; i--) {
          path.lineTo(x + draws.unit() * size, y + draws.unit() * size);
        }
        path.closePath();
        shape = path;
      }
    }
    if (hollow) {
      g.draw(shape);
    } else {
      g.fill(shape);
    }
  }

  /** Something that looks like a code. */
  private void pattern(double x, double y, double width, double height, int ink) {
    Card part = new Card((int) width, (int) height);
    new Patterns(part, ink, Inks.contrast(ink, draws), draws).any();
    g.drawImage(part.image, (int) x, (int) y, null);
  }

  private void headline(double x, double y, double width, double height) {
    int size = (int) Math.max(6, Math.min(height * 0.9, width / 3));
    g.setFont(new Font(draws.pick("SansSerif", "Serif"), Font.BOLD, size));
    int letters = (int) Math.max(1, width / (0.7 * size));
    g.drawString(words(letters), (float) x, (float) (y + (height + size * 0.7) / 2));
  }

  private void bar(double x, double y, double width, double height) {
    double part = height * draws.in(0.1, 1);
    g.fill(new Rectangle2D.Double(x, y, width, part));
    if (part > 10 && draws.chance(0.6)) {
      Color ink = g.getColor();
      g.setColor(Color.WHITE);
      g.setFont(new Font("SansSerif", Font.BOLD, (int) (part * 0.7)));
      g.drawString(
          words((int) (width / part)), (float) (x + part * 0.3), (float) (y + part * 0.78));
      g.setColor(ink);
    }
  }
}
