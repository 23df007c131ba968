// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.render;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.List;
import org.yolotorch.internal.render.Lettering.Line;

/**
 * The labels of boxes, each on a ground of its colour. They are collected and then drawn, so that
 * no box crosses them, and moved apart where there is room.
 */
final class Labels {
  private static final Color BLOCK_COLOR = new Color(64, 64, 64, 128);
  private static final double BLOCK_PLACE = 0.03;

  private final Graphics2D graphics;
  private final Lettering lettering;
  private final int width;
  private final int height;
  private final int margin;
  private final List<Label> labels = new ArrayList<>();

  /** Labels with this many pixels left and right of their text. */
  Labels(Graphics2D graphics, Lettering lettering, int width, int height, int margin) {
    this.graphics = graphics;
    this.lettering = lettering;
    this.width = width;
    this.height = height;
    this.margin = margin;
  }

  /**
   * What a label says.
   *
   * @param name of a class, or empty
   * @param conf a confidence, or empty; it stands at the end of the name as that is read: to the
   *     left of one that is read from right to left, whatever other letters are in it
   */
  record Text(String name, String conf) {}

  private record Label(Text text, int color, float x, float y) {}

  /** A text put into order: two lines side by side. */
  private record Parts(Line first, Line second, int gap) {
    int width() {
      return first.width() + gap + second.width();
    }
  }

  /** Adds a label at the upper left corner of a box; the most important one comes first. */
  void add(Text text, int color, float x, float y) {
    labels.add(new Label(text, color, x, y));
  }

  /** Draws what was added. */
  void draw(Palette palette) {
    LabelPlaces places = new LabelPlaces(width, height, lettering.height());
    List<Parts> parts = new ArrayList<>();
    List<Rectangle> grounds = new ArrayList<>();
    for (Label label : labels) {
      Parts text = parts(label.text(), width - 2 * margin);
      parts.add(text);
      grounds.add(places.take(text.width() + 2 * margin, label.x(), label.y()));
    }
    for (int i = labels.size() - 1; i >= 0; i--) {
      Rectangle ground = grounds.get(i);
      graphics.setColor(palette.color(labels.get(i).color()));
      graphics.fill(ground);
      graphics.setColor(palette.textColor(labels.get(i).color()));
      draw(parts.get(i), ground.x + margin, ground.y + lettering.ascent());
    }
  }

  /** Whether these lines fit into the picture as {@link #block} writes them. */
  boolean fits(List<Text> lines) {
    int place = blockPlace();
    int widest = 0;
    for (Text line : lines) {
      widest = Math.max(widest, parts(line, Integer.MAX_VALUE).width());
    }
    return place + widest + 2 * margin <= width
        && place + lines.size() * lettering.height() <= height;
  }

  /** White lines on a half-transparent ground, near the upper left corner. */
  void block(List<Text> lines) {
    int place = blockPlace();
    int widest = 0;
    List<Parts> all = new ArrayList<>();
    for (Text line : lines) {
      Parts parts = parts(line, width - place - 2 * margin);
      all.add(parts);
      widest = Math.max(widest, parts.width());
    }
    int lineHeight = lettering.height();
    graphics.setColor(BLOCK_COLOR);
    graphics.fillRect(place, place, widest + 2 * margin, lines.size() * lineHeight);
    graphics.setColor(Color.WHITE);
    for (int i = 0; i < all.size(); i++) {
      draw(all.get(i), place + margin, place + i * lineHeight + lettering.ascent());
    }
  }

  private int blockPlace() {
    return (int) Math.rint(height * BLOCK_PLACE);
  }

  /** The name is cut where both do not fit. */
  private Parts parts(Text text, int widest) {
    Line conf = lettering.line(text.conf());
    int gap = text.name().isEmpty() || text.conf().isEmpty() ? 0 : lettering.line(" ").width();
    Line name = lettering.line(text.name(), widest - gap - conf.width());
    return name.isRightToLeft() ? new Parts(conf, name, gap) : new Parts(name, conf, gap);
  }

  private void draw(Parts parts, int x, int foot) {
    lettering.draw(parts.first(), x, foot);
    lettering.draw(parts.second(), x + parts.first().width() + parts.gap(), foot);
  }
}
