// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.codes.camera;

import java.util.List;
import org.yolotorch.codes.picture.Draws;
import org.yolotorch.codes.picture.Picture;

/** Shadows and glare over a picture. */
final class Lighting {
  private final Picture picture;
  private final Draws draws;

  Lighting(Picture picture, Draws draws) {
    this.picture = picture;
    this.draws = draws;
  }

  void apply(List<Placement> codes, boolean hard) {
    if (draws.chance(hard ? 0.5 : 0.35)) {
      shadow(hard ? 0.75 : 0.6);
    }
    if (draws.chance(0.3)) {
      vignette();
    }
    if (draws.chance(0.15)) {
      double x = draws.unit() * picture.width;
      double y = draws.unit() * picture.height;
      if (!codes.isEmpty() && draws.chance(0.6)) {
        double[] corners = codes.get(draws.below(codes.size())).corners();
        int corner = 2 * draws.below(4);
        x = corners[corner];
        y = corners[corner + 1];
      }
      double size = picture.width * draws.logIn(0.03, 0.3);
      glare(x, y, size, draws.logIn(1, 6), draws.in(0, Math.PI), draws.in(60, 260));
    }
    if (draws.chance(0.06)) {
      streaks();
    }
  }

  /** The shadow of a straight edge, more or less soft. */
  private void shadow(double most) {
    double angle = draws.in(0, 2 * Math.PI);
    float nx = (float) Math.cos(angle);
    float ny = (float) Math.sin(angle);
    float middle = (float) (nx * draws.unit() * picture.width + ny * draws.unit() * picture.height);
    float soft = (float) draws.logIn(1, picture.width);
    float depth = (float) draws.in(0.1, most);
    for (int y = 0; y < picture.height; y++) {
      for (int x = 0; x < picture.width; x++) {
        float t = (nx * x + ny * y - middle) / soft + 0.5f;
        float part = t <= 0 ? 0 : t >= 1 ? 1 : t * t * (3 - 2 * t);
        scale(y * picture.width + x, 1 - depth * part);
      }
    }
  }

  private void vignette() {
    float depth = (float) draws.in(0.1, 0.5);
    float cx = picture.width / 2f;
    float cy = picture.height / 2f;
    for (int y = 0; y < picture.height; y++) {
      for (int x = 0; x < picture.width; x++) {
        float dx = (x - cx) / cx;
        float dy = (y - cy) / cy;
        scale(y * picture.width + x, 1 - depth * (dx * dx + dy * dy) / 2);
      }
    }
  }

  private void scale(int at, float factor) {
    picture.planes[0][at] *= factor;
    picture.planes[1][at] *= factor;
    picture.planes[2][at] *= factor;
  }

  /** Narrow reflections that lie about the same way, as of foil and creases. */
  private void streaks() {
    double angle = draws.in(0, Math.PI);
    for (int i = draws.whole(2, 8); i > 0; i--) {
      double size = picture.width * draws.logIn(0.008, 0.05);
      double x = draws.unit() * picture.width;
      double y = draws.unit() * picture.height;
      double turned = angle + 0.15 * draws.normal();
      glare(x, y, size, draws.logIn(3, 15), turned, draws.in(30, 180));
    }
  }

  /**
   * A bright spot.
   *
   * @param size half of its width
   * @param stretch how much longer it is, and as much narrower
   */
  private void glare(
      double x, double y, double size, double stretch, double angle, double brightness) {
    float peak = (float) brightness;
    double cos = Math.cos(angle) / stretch;
    double sin = Math.sin(angle) / stretch;
    double reach = Math.min(2 * size * stretch, picture.width + picture.height);
    for (int py = (int) Math.max(0, y - reach); py < Math.min(picture.height, y + reach); py++) {
      for (int px = (int) Math.max(0, x - reach); px < Math.min(picture.width, x + reach); px++) {
        double s = ((px - x) * cos + (py - y) * sin) / size;
        double t = ((py - y) * cos - (px - x) * sin) * stretch / size;
        double r = s * s + t * t;
        if (r < 4) {
          // Falls to zero at twice its size.
          float fall = (float) ((1 - r / 4) * (1 - r / 4));
          add(py * picture.width + px, peak * fall * fall);
        }
      }
    }
  }

  private void add(int at, float light) {
    picture.planes[0][at] += light;
    picture.planes[1][at] += light;
    picture.planes[2][at] += light;
  }
}
