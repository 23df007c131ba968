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
import org.yolotorch.Image;
import org.yolotorch.Keypoints;
import org.yolotorch.Obb;
import org.yolotorch.Probs;
import org.yolotorch.Result;
import org.yolotorch.Xy;
import org.yolotorch.Xyxy;

/**
 * Draws results onto pictures; where the machine has no font, everything but the text.
 *
 * @param lineWidth in pixels; 0 for one by the size of the picture
 * @param keypointRadius in pixels
 * @param showBoxes whether boxes and their labels are drawn
 * @param showLabels whether class names are written
 * @param showConf whether confidences are written
 */
public record Drawing(
    int lineWidth, int keypointRadius, boolean showBoxes, boolean showLabels, boolean showConf) {
  /** Line width by the size of the picture, points of radius 5, boxes, labels with confidence. */
  public static final Drawing DEFAULTS = new Drawing(0, 5, true, true, true);

  /** A copy of the picture with the result drawn onto it. */
  public BufferedImage draw(Image image, Result result) {
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
  public static int defaultLineWidth(int width, int height) {
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
}
