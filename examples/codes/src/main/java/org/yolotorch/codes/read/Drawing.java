// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.codes.read;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.List;

/** Draws what was found into pictures: green what could be read, red what could not. */
final class Drawing {
  private static final Color READ = new Color(0x008A3E);
  private static final Color UNREAD = new Color(0xC62828);
  private static final int LONGEST_TEXT = 40;

  private Drawing() {}

  static void draw(BufferedImage image, List<Reading> readings) {
    int size = Math.max(12, Math.max(image.getWidth(), image.getHeight()) / 50);
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, size));
    g.setStroke(new BasicStroke(size / 6f));
    for (Reading reading : readings) {
      g.setColor(reading.content() == null ? UNREAD : READ);
      outline(g, reading.region().corners());
      caption(g, reading, image.getWidth());
    }
    g.dispose();
  }

  private static void outline(Graphics2D g, double[] corners) {
    Path2D path = new Path2D.Double();
    path.moveTo(corners[0], corners[1]);
    for (int i = 2; i < corners.length; i += 2) {
      path.lineTo(corners[i], corners[i + 1]);
    }
    path.closePath();
    g.draw(path);
  }

  private static void caption(Graphics2D g, Reading reading, int pictureWidth) {
    String text = reading.label();
    if (reading.content() != null) {
      String said = reading.content().text().replaceAll("\\s+", " ");
      text += ": " + (said.length() > LONGEST_TEXT ? said.substring(0, LONGEST_TEXT) + "…" : said);
    }
    double[] box = reading.region().bounds();
    int width = g.getFontMetrics().stringWidth(text) + 6;
    int height = g.getFontMetrics().getHeight();
    int x = (int) Math.max(0, Math.min(box[0], pictureWidth - width));
    int y = (int) Math.max(0, box[1] - height);
    g.fillRect(x, y, width, height);
    g.setColor(Color.WHITE);
    g.drawString(text, x + 3, y + g.getFontMetrics().getAscent());
  }
}
