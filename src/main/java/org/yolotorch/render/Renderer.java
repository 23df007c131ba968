// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.render;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.yolotorch.Box;
import org.yolotorch.Image;
import org.yolotorch.Keypoints;
import org.yolotorch.Obb;
import org.yolotorch.Probs;
import org.yolotorch.Result;
import org.yolotorch.Xy;
import org.yolotorch.Xyxy;
import org.yolotorch.YoloException;
import org.yolotorch.internal.Checks;

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

  private static final Renderer DEFAULTS = new Renderer(0, 5, true, true, true);

  private final int lineWidth;
  private final int keypointRadius;
  private final boolean showBoxes;
  private final boolean showLabels;
  private final boolean showConf;

  private Renderer(
      int lineWidth, int keypointRadius, boolean showBoxes, boolean showLabels, boolean showConf) {
    this.lineWidth = lineWidth;
    this.keypointRadius = keypointRadius;
    this.showBoxes = showBoxes;
    this.showLabels = showLabels;
    this.showConf = showConf;
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
    return new Renderer(pixels, keypointRadius, showBoxes, showLabels, showConf);
  }

  /**
   * A renderer with this radius of key points.
   *
   * @param pixels 1 to {@value #MAX_KEYPOINT_RADIUS}
   * @throws YoloException.InvalidArgument if it is out of that range
   */
  public Renderer withKeypointRadius(int pixels) {
    Checks.range("The key point radius", pixels, 1, MAX_KEYPOINT_RADIUS);
    return new Renderer(lineWidth, pixels, showBoxes, showLabels, showConf);
  }

  /** A renderer that draws boxes with their labels, or does not; masks and points stay. */
  public Renderer withBoxes(boolean show) {
    return new Renderer(lineWidth, keypointRadius, show, showLabels, showConf);
  }

  /** A renderer that writes class names, or does not. */
  public Renderer withLabels(boolean show) {
    return new Renderer(lineWidth, keypointRadius, showBoxes, show, showConf);
  }

  /** A renderer that writes confidences, or does not. */
  public Renderer withConf(boolean show) {
    return new Renderer(lineWidth, keypointRadius, showBoxes, showLabels, show);
  }

  /**
   * Draws a result.
   *
   * @param image the picture; not changed
   * @param result what was found in it
   * @return a new picture of the same size
   */
  public BufferedImage render(Image image, Result result) {
    BufferedImage canvas = image.toBufferedImage();
    int line = lineWidth > 0 ? lineWidth : defaultLineWidth(image.width(), image.height());
    if (!result.masks().isEmpty()) {
      new MaskLayer(canvas).draw(result.masks(), result.boxes());
    }
    Graphics2D graphics = canvas.createGraphics();
    try {
      Chip chip =
          showLabels || showConf ? Chip.of(graphics, image.width(), image.height(), line) : null;
      if (showBoxes) {
        drawBoxes(graphics, chip, result.boxes(), line);
        drawObbs(graphics, chip, result.obbs(), line);
      }
      if (result.probs().isPresent() && chip != null) {
        chip.block(lines(result.probs().get()));
      }
      drawPoses(graphics, result, line);
    } finally {
      graphics.dispose();
    }
    return canvas;
  }

  /** The mean of height, width and the three channels, times 0.003, and at least 2 pixels. */
  static int defaultLineWidth(int width, int height) {
    return (int) Math.max(Math.rint((height + width + 3) / 2.0 * 0.003), 2);
  }

  /** Last to first, so that the most confident box lies on top. */
  private void drawBoxes(Graphics2D graphics, Chip chip, List<Box> boxes, int line) {
    for (int i = boxes.size() - 1; i >= 0; i--) {
      Box box = boxes.get(i);
      graphics.setColor(Palette.color(box.classId()));
      drawFrame(graphics, box.xyxy(), line);
      if (chip != null) {
        String text = label(box.label(), box.confidence());
        chip.label(text, box.classId(), box.xyxy().x1(), box.xyxy().y1());
      }
    }
  }

  private void drawObbs(Graphics2D graphics, Chip chip, List<Obb> obbs, int line) {
    if (obbs.isEmpty()) {
      return;
    }
    smooth(graphics);
    graphics.setStroke(new BasicStroke(line, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    for (int i = obbs.size() - 1; i >= 0; i--) {
      Obb obb = obbs.get(i);
      List<Xy> corners = obb.corners();
      graphics.setColor(Palette.color(obb.classId()));
      Path2D path = new Path2D.Float();
      path.moveTo(corners.get(0).x(), corners.get(0).y());
      Xy top = corners.get(0);
      for (Xy corner : corners.subList(1, corners.size())) {
        path.lineTo(corner.x(), corner.y());
        top = corner.y() < top.y() ? corner : top;
      }
      path.closePath();
      graphics.draw(path);
      if (chip != null) {
        chip.label(label(obb.label(), obb.confidence()), obb.classId(), top.x(), top.y());
      }
    }
  }

  private void drawPoses(Graphics2D graphics, Result result, int line) {
    if (result.keypoints().isEmpty()) {
      return;
    }
    smooth(graphics);
    PoseLayer layer =
        new PoseLayer(graphics, result.imageWidth(), result.imageHeight(), keypointRadius, line);
    List<Keypoints> poses = result.keypoints();
    for (int i = poses.size() - 1; i >= 0; i--) {
      layer.draw(poses.get(i));
    }
  }

  private static void smooth(Graphics2D graphics) {
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
  }

  private List<String> lines(Probs probs) {
    List<String> lines = new ArrayList<>();
    for (int id : probs.top5()) {
      lines.add(label(probs.label(id), probs.get(id)));
    }
    return lines;
  }

  private String label(String name, float confidence) {
    String conf = showConf ? String.format(Locale.ROOT, "%.2f", confidence) : "";
    if (!showLabels) {
      return conf;
    }
    return showConf ? name + " " + conf : name;
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

  /** The colour the box, label and mask of a class are drawn in. */
  public static Color color(int classId) {
    return Palette.color(classId);
  }
}
