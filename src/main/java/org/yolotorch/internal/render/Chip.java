// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.render;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.util.List;

/** Draws text on a filled background: the labels of boxes and the classes of a picture. */
public final class Chip {
  /** Set by tests: behaves as if this machine had no font. */
  public static volatile boolean fontsMissing;

  private static final int SMALLEST_FONT = 10;

  /** Font size per pixel of line width. */
  private static final int FONT_PER_LINE = 8;

  private static final Color BLOCK_COLOR = new Color(64, 64, 64, 128);
  private static final double BLOCK_PLACE = 0.03;

  private final Graphics2D graphics;
  private final int width;
  private final int height;
  private final FontMetrics metrics;
  private final int margin;

  private Chip(Graphics2D graphics, int width, int height, FontMetrics metrics, int margin) {
    this.graphics = graphics;
    this.width = width;
    this.height = height;
    this.metrics = metrics;
    this.margin = margin;
  }

  /**
   * Chips for a picture of this size and line width, or null if this machine has no font. A script
   * the machine has no font for is written as the font's sign for a missing character.
   */
  public static Chip of(Graphics2D graphics, int width, int height, int line) {
    if (fontsMissing) {
      return null;
    }
    try {
      Font font =
          new Font(Font.SANS_SERIF, Font.PLAIN, Math.max(SMALLEST_FONT, FONT_PER_LINE * line));
      FontMetrics metrics = graphics.getFontMetrics(font);
      metrics.stringWidth("0");
      graphics.setFont(font);
      graphics.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      return new Chip(graphics, width, height, metrics, Math.max(line / 2, 1));
    } catch (RuntimeException | LinkageError | InternalError e) {
      // A Java without fontconfig fails in any of these ways, differently from version to version.
      fontsMissing = true;
      System.getLogger("org.yolotorch")
          .log(
              System.Logger.Level.INFO,
              "Labels need a font, but this Java found none; install fontconfig and a font.");
      return null;
    }
  }

  /** A label above this point if it fits there, else below it; the point is its left end. */
  public void label(String text, int classId, float x, float y) {
    Rectangle place = place(text, x, y);
    graphics.setColor(Palette.color(classId));
    graphics.fill(place);
    graphics.setColor(Palette.textColor(classId));
    graphics.drawString(text, place.x + margin, place.y + metrics.getAscent());
  }

  /** Always inside the picture, unless it is larger than the picture. */
  public Rectangle place(String text, float x, float y) {
    int chipWidth = metrics.stringWidth(text) + 2 * margin;
    int chipHeight = metrics.getAscent() + metrics.getDescent();
    int left = Math.max(0, Math.min((int) x, width - chipWidth));
    int top = (int) y - chipHeight;
    if (top < 0) {
      top = Math.max(0, (int) y);
    }
    top = Math.max(0, Math.min(top, height - chipHeight));
    return new Rectangle(left, top, chipWidth, chipHeight);
  }

  /** White lines on a half-transparent ground, near the upper left corner. */
  public void block(List<String> lines) {
    int place = (int) Math.rint(height * BLOCK_PLACE);
    int widest = 0;
    for (String line : lines) {
      widest = Math.max(widest, metrics.stringWidth(line));
    }
    int lineHeight = metrics.getAscent() + metrics.getDescent();
    graphics.setColor(BLOCK_COLOR);
    graphics.fillRect(place, place, widest + 2 * margin, lines.size() * lineHeight);
    graphics.setColor(Color.WHITE);
    for (int i = 0; i < lines.size(); i++) {
      graphics.drawString(
          lines.get(i), place + margin, place + i * lineHeight + metrics.getAscent());
    }
  }
}
