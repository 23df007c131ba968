// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.render;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import org.yolotorch.Box;
import org.yolotorch.Image;
import org.yolotorch.Result;
import org.yolotorch.Xyxy;
import org.yolotorch.YoloException;

/**
 * Draws results onto a copy of the picture. Immutable and thread-safe; where the machine has no
 * font, boxes are drawn without text.
 */
public final class Renderer {
  /** The largest line width accepted, in pixels. */
  public static final int MAX_LINE_WIDTH = 1000;

  private static final Renderer DEFAULTS = new Renderer(0, true, true);

  private final int lineWidth;
  private final boolean showLabels;
  private final boolean showConf;

  private Renderer(int lineWidth, boolean showLabels, boolean showConf) {
    this.lineWidth = lineWidth;
    this.showLabels = showLabels;
    this.showConf = showConf;
  }

  /** Line width by the size of the picture, labels with confidence. */
  public static Renderer defaults() {
    return DEFAULTS;
  }

  /**
   * A renderer with this line width.
   *
   * @param pixels 1 to {@value #MAX_LINE_WIDTH}
   * @throws YoloException.InvalidArgument if it is out of that range
   */
  public Renderer withLineWidth(int pixels) {
    if (pixels < 1 || pixels > MAX_LINE_WIDTH) {
      throw new YoloException.InvalidArgument(
          "line_width must be a whole number from 1 to "
              + MAX_LINE_WIDTH
              + ", but was "
              + pixels
              + "; choose a value in that range or leave it out.");
    }
    return new Renderer(pixels, showLabels, showConf);
  }

  /** A renderer that writes class names, or does not. */
  public Renderer withLabels(boolean show) {
    return new Renderer(lineWidth, show, showConf);
  }

  /** A renderer that writes confidences, or does not. */
  public Renderer withConf(boolean show) {
    return new Renderer(lineWidth, showLabels, show);
  }

  /**
   * Draws the boxes of a result.
   *
   * @param image the picture; not changed
   * @param result what was found in it
   * @return a new picture of the same size
   */
  public BufferedImage render(Image image, Result result) {
    BufferedImage canvas = image.toBufferedImage();
    int line = lineWidth > 0 ? lineWidth : defaultLineWidth(image.width(), image.height());
    Graphics2D graphics = canvas.createGraphics();
    try {
      Chip chip = showLabels || showConf ? Chip.of(graphics, line) : null;
      List<Box> boxes = result.boxes();
      // Last to first, so that the most confident box lies on top.
      for (int i = boxes.size() - 1; i >= 0; i--) {
        Box box = boxes.get(i);
        graphics.setColor(Palette.color(box.classId()));
        drawFrame(graphics, box.xyxy(), line);
        if (chip != null) {
          chip.draw(graphics, canvas, label(box), box);
        }
      }
    } finally {
      graphics.dispose();
    }
    return canvas;
  }

  /** The mean of height, width and the three channels, times 0.003, and at least 2 pixels. */
  static int defaultLineWidth(int width, int height) {
    return (int) Math.max(Math.rint((height + width + 3) / 2.0 * 0.003), 2);
  }

  private String label(Box box) {
    String conf = showConf ? String.format(Locale.ROOT, "%.2f", box.confidence()) : "";
    if (!showLabels) {
      return conf;
    }
    return showConf ? box.label() + " " + conf : box.label();
  }

  /** Four filled strips, centred on the edges. */
  private static void drawFrame(Graphics2D graphics, Xyxy box, int line) {
    int half = line / 2;
    int left = (int) box.x1() - half;
    int top = (int) box.y1() - half;
    int right = (int) box.x2() - half;
    int bottom = (int) box.y2() - half;
    graphics.fillRect(left, top, right - left + line, line);
    graphics.fillRect(left, bottom, right - left + line, line);
    graphics.fillRect(left, top, line, bottom - top + line);
    graphics.fillRect(right, top, line, bottom - top + line);
  }

  /** The colour the box and chip of a class are drawn in. */
  public static Color color(int classId) {
    return Palette.color(classId);
  }
}
