// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.render;

import org.yolotorch.PlotOptions;

/**
 * Sizes of what is drawn, in pixels: those of the options, else by the size of the picture.
 *
 * @param line width of frames
 * @param limb width of limbs
 * @param radius of key points
 * @param font size of letters
 */
public record Sizes(int line, int limb, int radius, int font) {
  /** Letters of this size can just be read. */
  static final int SMALLEST_FONT = 7;

  private static final int SMALLEST_LINE = 2;

  /** Line width and radius by the mean of the sides. */
  private static final double LINE = 0.003;

  private static final double RADIUS = 0.005;

  /** Font size per pixel of line width. */
  private static final int FONT_PER_LINE = 8;

  /** The size that is read well, which small pictures have no room for. */
  private static final int GOOD_FONT = 10;

  private static final int SMALL_PICTURE = 160;

  static Sizes of(PlotOptions options, int width, int height) {
    int line = options.lineWidth() > 0 ? options.lineWidth() : lineWidth(width, height);
    int radius = options.kptRadius() > 0 ? options.kptRadius() : radius(width, height);
    int font = options.fontSize() > 0 ? options.fontSize() : font(options, width, height);
    return new Sizes(line, (line + 1) / 2, radius, font);
  }

  /** The mean of height, width and the three channels, times 0.003, and at least 2 pixels. */
  public static int lineWidth(int width, int height) {
    return (int) Math.max(Math.rint(exactLine(width, height)), SMALLEST_LINE);
  }

  private static double exactLine(int width, int height) {
    return (height + width + 3) / 2.0 * LINE;
  }

  /** Five pixels where lines are three wide. */
  public static int radius(int width, int height) {
    return (int) Math.max(Math.rint((height + width) / 2.0 * RADIUS), 1);
  }

  private static int font(PlotOptions options, int width, int height) {
    int least = Math.min(width, height) < SMALL_PICTURE ? GOOD_FONT - 2 : GOOD_FONT;
    if (options.lineWidth() > 0) {
      return Math.max(least, FONT_PER_LINE * options.lineWidth());
    }
    double exact = exactLine(width, height);
    return exact < SMALLEST_LINE
        ? (int) Math.max(least, Math.rint(FONT_PER_LINE * exact))
        : FONT_PER_LINE * lineWidth(width, height);
  }
}
