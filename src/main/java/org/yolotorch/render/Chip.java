// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.render;

import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import org.yolotorch.Box;

/** The filled label of a box: above its upper left corner if it fits there, else inside. */
final class Chip {
  private static final int SMALLEST_FONT = 10;

  /** Font size a pixel of line width: about the height of the usual label for that line. */
  private static final int FONT_PER_LINE = 8;

  private static volatile boolean fontsMissing;

  private final Font font;
  private final FontMetrics metrics;
  private final int margin;

  private Chip(Font font, FontMetrics metrics, int margin) {
    this.font = font;
    this.metrics = metrics;
    this.margin = margin;
  }

  /** A chip for this line width, or null if this machine has no font. */
  static Chip of(Graphics2D graphics, int line) {
    if (fontsMissing) {
      return null;
    }
    try {
      Font font =
          new Font(Font.SANS_SERIF, Font.PLAIN, Math.max(SMALLEST_FONT, FONT_PER_LINE * line));
      FontMetrics metrics = graphics.getFontMetrics(font);
      metrics.stringWidth("0");
      graphics.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      return new Chip(font, metrics, Math.max(line / 2, 1));
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

  void draw(Graphics2D graphics, BufferedImage canvas, String text, Box box) {
    Rectangle place = place(text, box, canvas.getWidth(), canvas.getHeight());
    graphics.setColor(Palette.color(box.classId()));
    graphics.fill(place);
    graphics.setColor(Palette.textColor(box.classId()));
    graphics.setFont(font);
    graphics.drawString(text, place.x + margin, place.y + metrics.getAscent());
  }

  /** Always inside the picture, unless it is larger than the picture. */
  Rectangle place(String text, Box box, int width, int height) {
    int chipWidth = metrics.stringWidth(text) + 2 * margin;
    int chipHeight = metrics.getAscent() + metrics.getDescent();
    int left = Math.max(0, Math.min((int) box.xyxy().x1(), width - chipWidth));
    int top = (int) box.xyxy().y1() - chipHeight;
    if (top < 0) {
      top = Math.max(0, Math.min((int) box.xyxy().y1(), height - chipHeight));
    }
    return new Rectangle(left, top, chipWidth, chipHeight);
  }
}
