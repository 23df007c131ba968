// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.codes.cards;

import org.yolotorch.codes.picture.Draws;
import org.yolotorch.codes.symbols.CodeClass;
import org.yolotorch.codes.symbols.Symbol;

/** Prints symbols onto cards: every pixel is covered by ink as far as dark modules cover it. */
final class CodePainter {
  /** How modules look. */
  enum Dots {
    SQUARE,
    ROUND
  }

  /**
   * How a symbol is printed.
   *
   * @param ink colour of dark modules
   * @param spread how far dark modules reach into light ones, in modules; negative if they shrink
   * @param dots shape of modules
   * @param text whether the text stands below a linear code
   * @param strength how dense the ink is, 0 to 1
   * @param faults whether the print has faults
   * @param inverted whether light modules are printed
   */
  record Print(
      int ink,
      double spread,
      Dots dots,
      boolean text,
      double strength,
      boolean faults,
      boolean inverted) {}

  private static final double GUARD = 5;

  private final Card card;
  private final Symbol symbol;
  private final Print print;
  private final Draws draws;
  private int left;
  private int top;
  private int width;
  private int height;

  CodePainter(Card card, Symbol symbol, Print print, Draws draws) {
    this.card = card;
    this.symbol = symbol;
    this.print = print;
    this.draws = draws;
  }

  /**
   * Prints the symbol into a rectangle.
   *
   * @param turns quarters of a turn clockwise; the rectangle is that of the turned symbol
   */
  void paint(int left, int top, int width, int height, int turns) {
    this.left = left;
    this.top = top;
    this.width = width;
    this.height = height;
    boolean upright = turns % 2 == 0;
    int across = upright ? width : height;
    int down = upright ? height : width;
    float[] cover = cover(across, down);
    if (print.faults()) {
      new PrintFaults(draws).apply(cover, across, down);
    }
    blend(cover, across, turns);
    if (symbol.kind() == CodeClass.QR && symbol.columns() > 24 && draws.chance(0.07)) {
      CodeText.logo(card, left, top, Math.min(width, height), draws);
    }
    if (print.text() && symbol.text() != null && turns == 0) {
      double end = top + height - (hasGuards() ? Math.round(guard(across)) : 0);
      new CodeText(card, symbol, print.ink(), draws).below(left, end, across);
    }
    double[] corners = {
      left, top, left + width, top, left + width, top + height, left, top + height
    };
    double[] turned = new double[8];
    for (int i = 0; i < 8; i++) {
      turned[i] = corners[(i + 2 * turns) % 8];
    }
    double rows = symbol.kind().isLinear() ? 0 : symbol.rows() * symbol.rowHeight();
    card.spots.add(new Card.Spot(symbol.content(), turned, symbol.columns(), rows));
  }

  private float[] cover(int across, int down) {
    float[] cover = new float[across * down];
    double pitch = (double) across / symbol.columns();
    int n = (int) Math.max(2, Math.min(8, Math.ceil(6 / pitch)));
    int[] columns = new int[across * n];
    int[] beside = new int[across * n];
    float[] fx = new float[across * n];
    cells(columns, beside, fx, symbol.columns());
    if (symbol.kind().isLinear()) {
      bars(cover, across, down, columns, beside, n);
      return cover;
    }
    int[] rows = new int[down * n];
    int[] over = new int[down * n];
    float[] fy = new float[down * n];
    cells(rows, over, fy, symbol.rows());
    for (int y = 0; y < down * n; y++) {
      int line = y / n * across;
      for (int x = 0; x < across * n; x++) {
        if (inked(columns[x], beside[x], fx[x], rows[y], over[y], fy[y])) {
          cover[line + x / n]++;
        }
      }
    }
    scale(cover, n * n);
    return cover;
  }

  private static void scale(float[] cover, int samples) {
    for (int i = 0; i < cover.length; i++) {
      cover[i] /= samples;
    }
  }

  /** The cell of every sample, the one that is near enough to reach into it, and the place. */
  private void cells(int[] cell, int[] near, float[] place, int cells) {
    double step = (double) cells / cell.length;
    double reach = Math.abs(print.spread());
    for (int i = 0; i < cell.length; i++) {
      double at = (i + 0.5) * step;
      int c = Math.min(cells - 1, (int) at);
      double f = at - c;
      cell[i] = c;
      place[i] = (float) f;
      int other = f < reach ? c - 1 : f > 1 - reach ? c + 1 : c;
      near[i] = Math.max(0, Math.min(cells - 1, other));
    }
  }

  private boolean inked(int column, int beside, float fx, int row, int over, float fy) {
    boolean here = symbol.at(column, row) != print.inverted();
    if (print.dots() == Dots.ROUND) {
      float dx = fx - 0.5f;
      float dy = fy - 0.5f;
      return here && dx * dx + dy * dy < 0.23f;
    }
    boolean side = symbol.at(beside, row) != print.inverted();
    boolean above = symbol.at(column, over) != print.inverted();
    return print.spread() >= 0 ? here || side || above : here && side && above;
  }

  private void bars(float[] cover, int across, int down, int[] columns, int[] beside, int n) {
    float[] bars = new float[across];
    float[] guards = new float[across];
    for (int x = 0; x < across * n; x++) {
      boolean here = symbol.dark()[columns[x]];
      boolean side = symbol.dark()[beside[x]];
      if (print.spread() >= 0 ? here || side : here && side) {
        bars[x / n]++;
        if (hasGuards() && (symbol.guards()[columns[x]] || symbol.guards()[beside[x]])) {
          guards[x / n]++;
        }
      }
    }
    scale(bars, n);
    scale(guards, n);
    int end = hasGuards() ? down - (int) Math.round(guard(across)) : down;
    for (int y = 0; y < down; y++) {
      System.arraycopy(y < end ? bars : guards, 0, cover, y * across, across);
    }
  }

  /** Guard bars are longer only where text stands below. */
  private boolean hasGuards() {
    return symbol.guards() != null && print.text();
  }

  private double guard(int across) {
    return GUARD * across / symbol.columns();
  }

  private void blend(float[] cover, int across, int turns) {
    int down = cover.length / across;
    int[] pixels = card.pixels();
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int from =
            switch (turns % 4) {
              case 0 -> y * across + x;
              case 1 -> (down - 1 - x) * across + y;
              case 2 -> (down - 1 - y) * across + across - 1 - x;
              default -> x * across + across - 1 - y;
            };
        float c = (float) (cover[from] * print.strength());
        if (c > 0) {
          int at = (top + y) * card.width + left + x;
          pixels[at] = over(pixels[at], print.ink(), c);
        }
      }
    }
  }

  private static int over(int pixel, int ink, float cover) {
    float alpha = (pixel >>> 24) / 255f;
    float sum = cover + alpha * (1 - cover);
    float share = cover / sum;
    int r = Math.round((pixel >> 16 & 255) + share * ((ink >> 16 & 255) - (pixel >> 16 & 255)));
    int g = Math.round((pixel >> 8 & 255) + share * ((ink >> 8 & 255) - (pixel >> 8 & 255)));
    int b = Math.round((pixel & 255) + share * ((ink & 255) - (pixel & 255)));
    return Math.round(255 * sum) << 24 | r << 16 | g << 8 | b;
  }
}
