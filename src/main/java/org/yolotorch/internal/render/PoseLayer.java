// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.render;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.util.List;
import org.yolotorch.Keypoint;
import org.yolotorch.Keypoints;

/** Draws points of objects, and the limbs between them where they are the 17 of a person. */
public final class PoseLayer {
  private static final float LEAST_VISIBILITY = 0.25F;
  private static final int PERSON_POINTS = 17;

  private static final int[] COLORS = {
    0x0080FF, 0x3399FF, 0x66B2FF, 0x00E6E6, 0xFF99FF, 0xFFCC99, 0xFF66FF, 0xFF33FF, 0xFFB266,
    0xFF9933, 0x9999FF, 0x6666FF, 0x3333FF, 0x99FF99, 0x66FF66, 0x33FF33, 0x00FF00, 0xFF0000,
    0x0000FF, 0xFFFFFF
  };

  /** Pairs of points, counted from 1: nose, eyes, ears, shoulders, elbows, wrists, hips, ... */
  private static final int[][] LIMBS = {
    {16, 14}, {14, 12}, {17, 15}, {15, 13}, {12, 13}, {6, 12}, {7, 13}, {6, 7}, {6, 8}, {7, 9},
    {8, 10}, {9, 11}, {2, 3}, {1, 2}, {1, 3}, {2, 4}, {3, 5}, {4, 6}, {5, 7}
  };

  private static final int[] LIMB_COLORS = {
    9, 9, 9, 9, 7, 7, 7, 0, 0, 0, 0, 0, 16, 16, 16, 16, 16, 16, 16
  };

  private static final int[] POINT_COLORS = {
    16, 16, 16, 16, 16, 0, 0, 0, 0, 0, 0, 9, 9, 9, 9, 9, 9
  };

  private final Graphics2D graphics;
  private final int width;
  private final int height;
  private final int radius;
  private final Palette palette;

  PoseLayer(Graphics2D graphics, int width, int height, Sizes sizes, Palette palette) {
    this.graphics = graphics;
    this.width = width;
    this.height = height;
    this.radius = sizes.radius();
    this.palette = palette;
    graphics.setStroke(
        new BasicStroke(sizes.limb(), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
  }

  /** Draws the points of an object in one colour, or, if that is null, each in its own. */
  void draw(Keypoints pose, Color own, boolean limbs) {
    List<Keypoint> points = pose.points();
    boolean person = points.size() == PERSON_POINTS;
    for (int i = 0; i < points.size(); i++) {
      Keypoint point = points.get(i);
      if (isShown(point, point.x(), point.y())) {
        graphics.setColor(own != null ? own : person ? color(POINT_COLORS[i]) : palette.color(i));
        graphics.fill(
            new Ellipse2D.Float(
                point.x() - radius, point.y() - radius, 2 * radius + 1, 2 * radius + 1));
      }
    }
    for (int i = 0; limbs && person && i < LIMBS.length; i++) {
      Keypoint from = points.get(LIMBS[i][0] - 1);
      Keypoint to = points.get(LIMBS[i][1] - 1);
      if (isShown(from, (int) from.x(), (int) from.y())
          && isShown(to, (int) to.x(), (int) to.y())) {
        graphics.setColor(own != null ? own : color(LIMB_COLORS[i]));
        graphics.draw(new Line2D.Float(from.x(), from.y(), to.x(), to.y()));
      }
    }
  }

  /** A point on the border was outside of the picture and has been clipped to it. */
  private boolean isShown(Keypoint point, float x, float y) {
    boolean hidden = point.hasVisibility() && point.visibility() < LEAST_VISIBILITY;
    return !hidden && x > 0 && y > 0 && x % width != 0 && y % height != 0;
  }

  private static Color color(int index) {
    return new Color(COLORS[index]);
  }
}
