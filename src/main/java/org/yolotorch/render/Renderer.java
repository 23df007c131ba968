// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.render;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;
import org.yolotorch.ColorMode;
import org.yolotorch.Image;
import org.yolotorch.PlotOptions;
import org.yolotorch.Result;
import org.yolotorch.YoloException;
import org.yolotorch.internal.Checks;
import org.yolotorch.internal.render.Drawing;
import org.yolotorch.internal.render.Palette;

/**
 * Draws results of every task onto a copy of the picture: masks, boxes, points and limbs, then the
 * labels, or the classes of the picture. Immutable and thread-safe. Where the machine has no font,
 * everything but the text is drawn; that, and text that no font can show, is told once by {@link
 * PlotOptions#onWarning()}.
 */
public final class Renderer {
  /** The largest line width accepted, in pixels. */
  public static final int MAX_LINE_WIDTH = PlotOptions.MAX_LINE_WIDTH;

  /** The largest radius of key points accepted, in pixels. */
  public static final int MAX_KEYPOINT_RADIUS = PlotOptions.MAX_KPT_RADIUS;

  private static final Renderer DEFAULTS = new Renderer(PlotOptions.defaults());

  private final PlotOptions options;
  private final Drawing drawing;

  private Renderer(PlotOptions options) {
    this.options = options;
    this.drawing = new Drawing(options);
  }

  /** Lines, points and letters by the size of the picture, boxes, labels with confidence. */
  public static Renderer defaults() {
    return DEFAULTS;
  }

  /**
   * A renderer with these options.
   *
   * @throws YoloException.NotFound if they name a font that is not there
   * @throws YoloException.InvalidArgument if they name a file that holds no font
   */
  public static Renderer of(PlotOptions options) {
    return new Renderer(Checks.given("options", options));
  }

  /** What is drawn, and how. */
  public PlotOptions options() {
    return options;
  }

  /**
   * A renderer with this line width.
   *
   * @param pixels 1 to {@value #MAX_LINE_WIDTH}
   * @throws YoloException.InvalidArgument if it is out of that range
   */
  public Renderer withLineWidth(int pixels) {
    Checks.range("line_width", pixels, 1, MAX_LINE_WIDTH);
    return new Renderer(options.toBuilder().lineWidth(pixels).build());
  }

  /**
   * A renderer with this radius of key points.
   *
   * @param pixels 1 to {@value #MAX_KEYPOINT_RADIUS}
   * @throws YoloException.InvalidArgument if it is out of that range
   */
  public Renderer withKeypointRadius(int pixels) {
    Checks.range("kpt_radius", pixels, 1, MAX_KEYPOINT_RADIUS);
    return new Renderer(options.toBuilder().kptRadius(pixels).build());
  }

  /** A renderer that draws the limbs between the points of a person, or does not. */
  public Renderer withKeypointLines(boolean show) {
    return new Renderer(options.toBuilder().kptLine(show).build());
  }

  /** A renderer that draws boxes with their labels, or does not; masks and points stay. */
  public Renderer withBoxes(boolean show) {
    return new Renderer(options.toBuilder().boxes(show).build());
  }

  /** A renderer that draws masks, or does not. */
  public Renderer withMasks(boolean show) {
    return new Renderer(options.toBuilder().masks(show).build());
  }

  /** A renderer that writes class names, or does not. */
  public Renderer withLabels(boolean show) {
    return new Renderer(options.toBuilder().labels(show).build());
  }

  /** A renderer that writes confidences, or does not. */
  public Renderer withConf(boolean show) {
    return new Renderer(options.toBuilder().conf(show).build());
  }

  /**
   * A renderer that writes in this font.
   *
   * @param font path of a TrueType or OpenType file, or name of an installed family
   * @throws YoloException.NotFound if it is neither
   * @throws YoloException.InvalidArgument if the file holds no font
   */
  public Renderer withFont(String font) {
    return new Renderer(options.toBuilder().font(Checks.given("font", font)).build());
  }

  /**
   * A renderer that writes in this size.
   *
   * @param pixels 1 to {@value PlotOptions#MAX_FONT_SIZE}
   * @throws YoloException.InvalidArgument if it is out of that range
   */
  public Renderer withFontSize(int pixels) {
    Checks.range("font_size", pixels, 1, PlotOptions.MAX_FONT_SIZE);
    return new Renderer(options.toBuilder().fontSize(pixels).build());
  }

  /** A renderer with these colours, used in turn; none for the default ones. */
  public Renderer withPalette(List<Color> palette) {
    return new Renderer(options.toBuilder().palette(palette).build());
  }

  /** A renderer that gives each class or each object a colour. */
  public Renderer withColorMode(ColorMode colorMode) {
    return new Renderer(options.toBuilder().colorMode(colorMode).build());
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

  /** The colour the box, label and mask of a class are drawn in by default. */
  public static Color color(int classId) {
    return Palette.CLASSES.color(classId);
  }
}
