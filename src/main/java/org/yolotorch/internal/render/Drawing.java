// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.render;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.yolotorch.Box;
import org.yolotorch.ColorMode;
import org.yolotorch.Image;
import org.yolotorch.Keypoints;
import org.yolotorch.Obb;
import org.yolotorch.PlotOptions;
import org.yolotorch.Probs;
import org.yolotorch.Result;
import org.yolotorch.Xy;
import org.yolotorch.Xyxy;
import org.yolotorch.internal.render.Labels.Text;

/** Draws results onto pictures; where the machine has no font, everything but the text. */
public final class Drawing {
  /** Every option at its default. */
  public static final Drawing DEFAULTS = new Drawing(PlotOptions.defaults());

  private final PlotOptions options;
  private final LabelFonts fonts;

  /**
   * Opens the font.
   *
   * @throws org.yolotorch.YoloException.NotFound if it is not there
   * @throws org.yolotorch.YoloException.InvalidArgument if the file holds no font
   */
  public Drawing(PlotOptions options) {
    this.options = options;
    this.fonts = new LabelFonts(options.font(), options.onWarning());
  }

  /** A copy of the picture with the result drawn onto it: the labels last, over everything else. */
  public BufferedImage draw(Image image, Result result) {
    BufferedImage canvas = image.toBufferedImage();
    Palette palette = palette();
    Sizes sizes = Sizes.of(options, image.width(), image.height());
    if (options.masks() && !result.masks().isEmpty()) {
      new MaskLayer(canvas).draw(result.masks(), i -> palette.color(color(result, i)));
    }
    Graphics2D graphics = canvas.createGraphics();
    try {
      if (options.boxes()) {
        drawBoxes(graphics, result, sizes.line(), palette);
        drawObbs(graphics, result, sizes.line(), palette);
      }
      drawPoses(graphics, result, sizes, palette);
      if (options.labels() || options.conf()) {
        drawLabels(graphics, image, result, sizes, palette);
      }
    } finally {
      graphics.dispose();
    }
    return canvas;
  }

  /**
   * Made here, because the first colour loads AWT, which a program that draws nothing can spare.
   */
  private Palette palette() {
    return options.palette().isEmpty() ? Palette.CLASSES : new Palette(options.palette());
  }

  /** The number of the colour of an object. */
  private int color(Result result, int index) {
    if (options.colorMode() == ColorMode.INSTANCE) {
      return index;
    }
    return result.boxes().isEmpty()
        ? result.obbs().get(index).classId()
        : result.boxes().get(index).classId();
  }

  /** Last to first, so that the most confident box lies on top. */
  private void drawBoxes(Graphics2D graphics, Result result, int line, Palette palette) {
    for (int i = result.boxes().size() - 1; i >= 0; i--) {
      graphics.setColor(palette.color(color(result, i)));
      drawFrame(graphics, result.boxes().get(i).xyxy(), line);
    }
  }

  private void drawObbs(Graphics2D graphics, Result result, int line, Palette palette) {
    List<Obb> obbs = result.obbs();
    if (obbs.isEmpty()) {
      return;
    }
    smooth(graphics);
    graphics.setStroke(new BasicStroke(line, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    for (int i = obbs.size() - 1; i >= 0; i--) {
      List<Xy> corners = obbs.get(i).corners();
      graphics.setColor(palette.color(color(result, i)));
      Path2D path = new Path2D.Float();
      path.moveTo(corners.get(0).x(), corners.get(0).y());
      for (Xy corner : corners.subList(1, corners.size())) {
        path.lineTo(corner.x(), corner.y());
      }
      path.closePath();
      graphics.draw(path);
    }
  }

  private void drawPoses(Graphics2D graphics, Result result, Sizes sizes, Palette palette) {
    List<Keypoints> poses = result.keypoints();
    if (poses.isEmpty()) {
      return;
    }
    smooth(graphics);
    PoseLayer layer =
        new PoseLayer(graphics, result.imageWidth(), result.imageHeight(), sizes, palette);
    for (int i = poses.size() - 1; i >= 0; i--) {
      boolean own = options.colorMode() == ColorMode.INSTANCE;
      layer.draw(poses.get(i), own ? palette.color(i) : null, options.kptLine());
    }
  }

  private static void smooth(Graphics2D graphics) {
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
  }

  private void drawLabels(
      Graphics2D graphics, Image image, Result result, Sizes sizes, Palette palette) {
    if (result.probs().isPresent()) {
      drawBlock(graphics, image, lines(result.probs().get()), sizes);
    }
    if (!options.boxes() || result.boxes().isEmpty() && result.obbs().isEmpty()) {
      return;
    }
    Labels labels = labels(graphics, image, sizes.line(), sizes.font());
    if (labels == null) {
      return;
    }
    for (int i = 0; i < result.boxes().size(); i++) {
      Box box = result.boxes().get(i);
      Text text = text(box.label(), box.confidence());
      labels.add(text, color(result, i), box.xyxy().x1(), box.xyxy().y1());
    }
    for (int i = 0; i < result.obbs().size(); i++) {
      Obb obb = result.obbs().get(i);
      Xy top = obb.corners().get(0);
      for (Xy corner : obb.corners()) {
        top = corner.y() < top.y() ? corner : top;
      }
      labels.add(text(obb.label(), obb.confidence()), color(result, i), top.x(), top.y());
    }
    labels.draw(palette);
  }

  /** Classes of the picture, in smaller letters where they do not fit. */
  private void drawBlock(Graphics2D graphics, Image image, List<Text> lines, Sizes sizes) {
    int font = sizes.font();
    Labels labels = labels(graphics, image, sizes.line(), font);
    while (labels != null
        && options.fontSize() == 0
        && font > Sizes.SMALLEST_FONT
        && !labels.fits(lines)) {
      font = Math.max(Sizes.SMALLEST_FONT, Math.min(font - 1, font * 9 / 10));
      labels = labels(graphics, image, sizes.line(), font);
    }
    if (labels != null) {
      labels.block(lines);
    }
  }

  /** Null if this machine has no font. */
  private Labels labels(Graphics2D graphics, Image image, int line, int font) {
    Lettering lettering = fonts.at(graphics, font);
    int margin = Math.max(line / 2, 1);
    return lettering == null
        ? null
        : new Labels(graphics, lettering, image.width(), image.height(), margin);
  }

  private List<Text> lines(Probs probs) {
    List<Text> lines = new ArrayList<>();
    for (int id : probs.top5()) {
      lines.add(text(probs.label(id), probs.get(id)));
    }
    return lines;
  }

  private Text text(String name, float confidence) {
    return new Text(
        options.labels() ? name : "",
        options.conf() ? String.format(Locale.ROOT, "%.2f", confidence) : "");
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
}
