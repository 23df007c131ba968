// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.codes.cards;

import org.yolotorch.codes.picture.Draws;
import org.yolotorch.codes.picture.Field;

/** Faults of printers: rows left out, uneven ink, specks and scratches. */
final class PrintFaults {
  private final Draws draws;

  PrintFaults(Draws draws) {
    this.draws = draws;
  }

  /** Changes how far ink covers each pixel. */
  void apply(float[] cover, int width, int height) {
    if (draws.chance(0.4)) {
      lines(cover, width, height);
    }
    if (draws.chance(0.5)) {
      fade(cover, width, height);
    }
    if (draws.chance(0.4)) {
      specks(cover, width, height);
    }
    if (draws.chance(0.3)) {
      scratch(cover, width, height);
    }
  }

  /** Lines that a broken dot of a thermal printer leaves white. */
  private void lines(float[] cover, int width, int height) {
    boolean across = draws.chance(0.5);
    int thick = Math.max(1, (across ? height : width) / 80);
    for (int i = draws.whole(1, 4); i > 0; i--) {
      int at = draws.below((across ? height : width) - thick + 1);
      float left = (float) draws.in(0, 0.5);
      for (int p = 0; p < cover.length; p++) {
        int place = across ? p / width : p % width;
        if (place >= at && place < at + thick) {
          cover[p] *= left;
        }
      }
    }
  }

  private void fade(float[] cover, int width, int height) {
    Field field = new Field(4, 4, draws);
    float strength = (float) draws.in(0.1, 0.4);
    for (int p = 0; p < cover.length; p++) {
      float value = field.at(3f * (p % width) / width, 3f * (p / width) / height);
      cover[p] *= 1 - strength * (0.5f + 0.5f * value);
    }
  }

  private void specks(float[] cover, int width, int height) {
    int size = Math.max(1, Math.min(width, height) / 60);
    int count = draws.whole(5, 60);
    for (int i = 0; i < count; i++) {
      int x = draws.below(width);
      int y = draws.below(height);
      float value = draws.chance(0.6) ? 0 : 1;
      for (int dy = 0; dy < size && y + dy < height; dy++) {
        for (int dx = 0; dx < size && x + dx < width; dx++) {
          cover[(y + dy) * width + x + dx] = value;
        }
      }
    }
  }

  private void scratch(float[] cover, int width, int height) {
    double x = draws.in(0, width);
    double y = draws.in(0, height);
    double angle = draws.in(0, 2 * Math.PI);
    int steps = (int) (draws.in(0.2, 1) * Math.max(width, height));
    for (int i = 0; i < steps; i++) {
      angle += draws.in(-0.05, 0.05);
      x += Math.cos(angle);
      y += Math.sin(angle);
      if (x >= 0 && y >= 0 && x < width && y < height) {
        cover[(int) y * width + (int) x] *= 0.2f;
      }
    }
  }
}
