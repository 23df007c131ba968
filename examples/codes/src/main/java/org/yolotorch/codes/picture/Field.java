// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.codes.picture;

/** Smooth random values on a grid, with bilinear interpolation between its points. */
public final class Field {
  private final int columns;
  private final int rows;
  private final float[] values;

  public Field(int columns, int rows, Draws draws) {
    this.columns = columns;
    this.rows = rows;
    this.values = new float[columns * rows];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) draws.in(-1, 1);
    }
  }

  /** The value at a place in units of the grid, which repeats; about -1 to 1. */
  public float at(float x, float y) {
    int x0 = (int) Math.floor(x);
    int y0 = (int) Math.floor(y);
    float fx = x - x0;
    float fy = y - y0;
    int c0 = Math.floorMod(x0, columns);
    int c1 = c0 + 1 == columns ? 0 : c0 + 1;
    int r0 = Math.floorMod(y0, rows) * columns;
    int r1 = r0 + columns == values.length ? 0 : r0 + columns;
    float top = values[r0 + c0] + fx * (values[r0 + c1] - values[r0 + c0]);
    float low = values[r1 + c0] + fx * (values[r1 + c1] - values[r1 + c0]);
    return top + fy * (low - top);
  }

  /** Adds the field to a plane, a cell being so many pixels wide and high. */
  public static void add(
      float[] plane, int width, double cellX, double cellY, double strength, Draws draws) {
    int height = plane.length / width;
    int columns = (int) (width / cellX) + 3;
    Field field = new Field(columns, (int) (height / cellY) + 3, draws);
    float shiftX = (float) draws.unit();
    float shiftY = (float) draws.unit();
    float[] line = new float[columns];
    for (int y = 0; y < height; y++) {
      float at = (float) (y / cellY) + shiftY;
      int row = (int) at;
      float fy = at - row;
      for (int c = 0; c < columns; c++) {
        float top = field.values[row * columns + c];
        line[c] = (float) strength * (top + fy * (field.values[(row + 1) * columns + c] - top));
      }
      float step = (float) (1 / cellX);
      for (int x = 0, i = y * width; x < width; x++, i++) {
        float place = x * step + shiftX;
        int c = (int) place;
        plane[i] += line[c] + (place - c) * (line[c + 1] - line[c]);
      }
    }
  }
}
