// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.codes.cards;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import org.yolotorch.codes.picture.Draws;
import org.yolotorch.codes.symbols.Payloads;

/** Things that look like codes, but are none. */
public final class Patterns {
  private final Graphics2D g;
  private final Draws draws;
  private final double width;
  private final double height;
  private final Color ink;
  private final Color paper;

  /** Patterns that fill a card; its ground is filled with the paper's colour. */
  public Patterns(Card card, int ink, int paper, Draws draws) {
    this.g = card.image.createGraphics();
    Fillers.smooth(g);
    this.draws = draws;
    this.width = card.width;
    this.height = card.height;
    this.ink = new Color(ink);
    this.paper = new Color(paper);
    g.setColor(this.paper);
    g.fill(new Rectangle2D.Double(0, 0, width, height));
    g.setColor(this.ink);
  }

  /** One of them. */
  public void any() {
    switch (draws.below(12)) {
      case 0 -> checkers();
      case 1 -> squares();
      case 2 -> stripes();
      case 3 -> blinds();
      case 4 -> bricks();
      case 5 -> keyboard();
      case 6 -> piano();
      case 7 -> grid();
      case 8 -> hatches();
      case 9 -> crossword();
      case 10 -> ruler();
      default -> new Fillers(g, draws).table(4, 4, width - 8, height - 8);
    }
    g.dispose();
  }

  private double cell(double least, double most) {
    return Math.min(width, height) / draws.in(least, most);
  }

  private void box(double x, double y, double w, double h) {
    g.fill(new Rectangle2D.Double(x, y, w, h));
  }

  private void line(double x, double y, double toX, double toY) {
    g.draw(new Line2D.Double(x, y, toX, toY));
  }

  private void checkers() {
    double cell = cell(3, 12);
    for (int r = 0; r * cell < height; r++) {
      for (int c = r % 2; c * cell < width; c += 2) {
        box(c * cell, r * cell, cell, cell);
      }
    }
  }

  /** Random squares, as QR codes have, without their finder patterns. */
  private void squares() {
    double cell = cell(8, 30);
    double share = draws.in(0.25, 0.6);
    for (double y = 0; y < height; y += cell) {
      for (double x = 0; x < width; x += cell) {
        if (draws.chance(share)) {
          box(x, y, cell, cell);
        }
      }
    }
  }

  /** Equal stripes, as of fences, grilles and cloth. */
  private void stripes() {
    double pitch = cell(5, 30);
    double share = draws.in(0.2, 0.8);
    double second = draws.chance(0.3) ? draws.in(0.1, 0.5) : 0;
    for (double x = 0; x < width; x += pitch) {
      box(x, 0, pitch * share, height);
      if (second > 0) {
        g.setColor(ink.brighter());
        box(x + pitch * share, 0, pitch * (1 - share) * second, height);
        g.setColor(ink);
      }
    }
    if (draws.chance(0.4)) {
      box(0, height * draws.in(0.1, 0.3), width, pitch * 0.7);
      box(0, height * draws.in(0.7, 0.9), width, pitch * 0.7);
    }
  }

  private void blinds() {
    double pitch = cell(6, 25);
    for (double y = 0; y < height; y += pitch) {
      for (int i = 0; i < 4; i++) {
        float part = i / 4f;
        g.setColor(mix(part));
        box(0, y + pitch * part, width, pitch / 4 + 0.5);
      }
    }
  }

  private Color mix(float part) {
    return new Color(
        (int) (ink.getRed() + part * (paper.getRed() - ink.getRed())),
        (int) (ink.getGreen() + part * (paper.getGreen() - ink.getGreen())),
        (int) (ink.getBlue() + part * (paper.getBlue() - ink.getBlue())));
  }

  private void bricks() {
    double high = cell(5, 16);
    double wide = high * draws.in(2, 3.5);
    double gap = high * draws.in(0.06, 0.2);
    for (int r = 0; r * high < height; r++) {
      for (double x = r % 2 == 0 ? 0 : -wide / 2; x < width; x += wide) {
        g.setColor(mix((float) draws.in(0, 0.4)));
        box(x, r * high, wide - gap, high - gap);
      }
    }
  }

  private void keyboard() {
    double key = cell(4, 7);
    g.setFont(new Font("SansSerif", Font.PLAIN, (int) Math.max(4, key * 0.35)));
    for (int r = 0; r * key < height; r++) {
      for (double x = -key * (r % 4) / 4; x < width; x += key) {
        g.setColor(ink);
        g.fill(
            new RoundRectangle2D.Double(
                x + key * 0.06, r * key + key * 0.06, key * 0.88, key * 0.88, key / 4, key / 4));
        g.setColor(paper);
        String letter = Payloads.capitals(draws, 1);
        g.drawString(letter, (float) (x + key * 0.3), (float) (r * key + key * 0.6));
      }
    }
  }

  private void piano() {
    double key = cell(4, 10) * 0.6;
    for (int k = 0; k * key < width; k++) {
      line(k * key, 0, k * key, height);
      int note = k % 7;
      if (note != 2 && note != 6) {
        box(k * key + key * 0.7, 0, key * 0.6, height * 0.62);
      }
    }
  }

  private void grid() {
    double pitch = cell(4, 25);
    g.setStroke(new BasicStroke((float) (pitch * draws.in(0.04, 0.35))));
    for (double x = 0; x < width; x += pitch) {
      line(x, 0, x, height);
    }
    for (double y = 0; y < height; y += pitch) {
      line(0, y, width, y);
    }
  }

  private void hatches() {
    double pitch = cell(6, 30);
    g.setStroke(new BasicStroke((float) (pitch * draws.in(0.15, 0.6))));
    double slope = height * draws.in(0.3, 1.5);
    boolean crossed = draws.chance(0.4);
    for (double x = -slope; x < width + slope; x += pitch) {
      line(x, 0, x + slope, height);
      if (crossed) {
        line(x + slope, 0, x, height);
      }
    }
  }

  private void crossword() {
    double cell = cell(7, 16);
    g.setStroke(new BasicStroke((float) (cell * 0.06)));
    g.setFont(new Font("SansSerif", Font.PLAIN, (int) Math.max(4, cell * 0.6)));
    boolean letters = draws.chance(0.6);
    for (double y = 0; y < height; y += cell) {
      for (double x = 0; x < width; x += cell) {
        if (draws.chance(0.2)) {
          box(x, y, cell, cell);
        } else if (letters && draws.chance(0.6)) {
          String letter = Payloads.capitals(draws, 1);
          g.drawString(letter, (float) (x + cell * 0.25), (float) (y + cell * 0.78));
        }
        g.draw(new Rectangle2D.Double(x, y, cell, cell));
      }
    }
  }

  private void ruler() {
    double pitch = cell(15, 50);
    g.setStroke(new BasicStroke((float) (pitch * draws.in(0.1, 0.4))));
    g.setFont(new Font("SansSerif", Font.PLAIN, (int) Math.max(4, pitch * 3)));
    for (int i = 0; i * pitch < width; i++) {
      double length = height * (i % 10 == 0 ? 0.5 : i % 5 == 0 ? 0.38 : 0.25);
      line(i * pitch, 0, i * pitch, length);
      if (i % 10 == 0) {
        g.drawString(Integer.toString(i / 10), (float) (i * pitch), (float) (height * 0.8));
      }
    }
  }
}
