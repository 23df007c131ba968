// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.render;

import java.awt.Color;
import java.awt.image.BufferedImage;
import org.yolotorch.Image;
import org.yolotorch.Result;
import org.yolotorch.YoloException;
import org.yolotorch.internal.Checks;
import org.yolotorch.internal.render.Drawing;
import org.yolotorch.internal.render.Palette;

/**
 * Draws results of every task onto a copy of the picture: masks, boxes and their labels, points and
 * limbs, or the classes of the picture. Immutable and thread-safe; where the machine has no font,
 * everything but the text is drawn.
 */
public final class Renderer {
  /** The largest line width accepted, in pixels. */
  public static final int MAX_LINE_WIDTH = 1000;

  /** The largest radius of key points accepted, in pixels. */
  public static final int MAX_KEYPOINT_RADIUS = 1000;

  private static final Renderer DEFAULTS = new Renderer(Drawing.DEFAULTS);

  private final Drawing drawing;

  private Renderer(Drawing drawing) {
    this.drawing = drawing;
  }

  private Renderer(
      int lineWidth, int keypointRadius, boolean showBoxes, boolean showLabels, boolean showConf) {
    this(new Drawing(lineWidth, keypointRadius, showBoxes, showLabels, showConf));
  }

  /** Line width by the size of the picture, points of radius 5, boxes, labels with confidence. */
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
    Checks.range("line_width", pixels, 1, MAX_LINE_WIDTH);
    return new Renderer(
        pixels,
        drawing.keypointRadius(),
        drawing.showBoxes(),
        drawing.showLabels(),
        drawing.showConf());
  }

  /**
   * A renderer with this radius of key points.
   *
   * @param pixels 1 to {@value #MAX_KEYPOINT_RADIUS}
   * @throws YoloException.InvalidArgument if it is out of that range
   */
  public Renderer withKeypointRadius(int pixels) {
    Checks.range("The key point radius", pixels, 1, MAX_KEYPOINT_RADIUS);
    return new Renderer(
        drawing.lineWidth(), pixels, drawing.showBoxes(), drawing.showLabels(), drawing.showConf());
  }

  /** A renderer that draws boxes with their labels, or does not; masks and points stay. */
  public Renderer withBoxes(boolean show) {
    return new Renderer(
        drawing.lineWidth(),
        drawing.keypointRadius(),
        show,
        drawing.showLabels(),
        drawing.showConf());
  }

  /** A renderer that writes class names, or does not. */
  public Renderer withLabels(boolean show) {
    return new Renderer(
        drawing.lineWidth(),
        drawing.keypointRadius(),
        drawing.showBoxes(),
        show,
        drawing.showConf());
  }

  /** A renderer that writes confidences, or does not. */
  public Renderer withConf(boolean show) {
    return new Renderer(
        drawing.lineWidth(),
        drawing.keypointRadius(),
        drawing.showBoxes(),
        drawing.showLabels(),
        show);
  }

  /**
   * Draws a result.
   *
   * @param image the picture; not changed
   * @param result what was found in it
   * @return a new picture of the same size
   */
  public BufferedImage render(Image image, Result result) {
    Checks.given("image", image);
    Checks.given("result", result);
    return drawing.draw(image, result);
  }

  /** The colour the box, label and mask of a class are drawn in. */
  public static Color color(int classId) {
    return Palette.color(classId);
  }
}
