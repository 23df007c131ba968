// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.codes.camera;

import org.yolotorch.codes.picture.Picture;
import org.yolotorch.codes.picture.Polygons;
import org.yolotorch.codes.symbols.CodeClass;
import org.yolotorch.codes.symbols.Content;

/**
 * A code in a picture.
 *
 * @param content what it says
 * @param corners the symbol's own top left, top right, bottom right and bottom left corner
 * @param outline points around it, more than four if it is bent
 */
public record Placement(Content content, double[] corners, double[] outline) {
  private static final double MARGIN = 1.12;

  /** Its class. */
  public CodeClass kind() {
    return content.kind();
  }

  /** How much of it is within a picture, 0 to 1. */
  public double visible(int width, int height) {
    double area = Math.abs(Polygons.area(outline));
    double[] part = Polygons.clip(outline, width, height);
    return part.length < 6 || area == 0 ? 0 : Math.abs(Polygons.area(part)) / area;
  }

  /** The corners moved outwards, with room for the quiet zone. */
  public double[] enlarged() {
    double x = (corners[0] + corners[2] + corners[4] + corners[6]) / 4;
    double y = (corners[1] + corners[3] + corners[5] + corners[7]) / 4;
    double[] moved = new double[8];
    for (int i = 0; i < 8; i += 2) {
      moved[i] = x + MARGIN * (corners[i] - x);
      moved[i + 1] = y + MARGIN * (corners[i + 1] - y);
    }
    return moved;
  }

  /** The longest of the four sides. */
  public double longest() {
    return Math.max(Math.max(side(0, 2), side(2, 4)), Math.max(side(4, 6), side(6, 0)));
  }

  /** Mean of the symbol's upper and lower side. */
  public double width() {
    return (side(0, 2) + side(4, 6)) / 2;
  }

  /** Mean of its left and right side. */
  public double height() {
    return (side(2, 4) + side(6, 0)) / 2;
  }

  private double side(int a, int b) {
    return Math.hypot(corners[a] - corners[b], corners[a + 1] - corners[b + 1]);
  }

  /** Between the dark and the bright tenth of a grid of points, in steps of 256. */
  public double contrast(Picture picture) {
    int n = 24;
    double[] values = new double[n * n];
    int count = 0;
    for (int i = 0; i < n * n; i++) {
      double u = (i % n + 0.5) / n;
      double v = (i / n + 0.5) / n;
      int x = (int) Math.floor(between(0, u, v));
      int y = (int) Math.floor(between(1, u, v));
      if (x >= 0 && y >= 0 && x < picture.width && y < picture.height) {
        values[count++] = picture.luma(y * picture.width + x);
      }
    }
    java.util.Arrays.sort(values, 0, count);
    return count == 0 ? 0 : values[count - 1 - count / 10] - values[count / 10];
  }

  private double between(int offset, double u, double v) {
    double upper = corners[offset] + u * (corners[2 + offset] - corners[offset]);
    double lower = corners[6 + offset] + u * (corners[4 + offset] - corners[6 + offset]);
    return upper + v * (lower - upper);
  }
}
