// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.codes.camera;

import org.yolotorch.codes.cards.Card;
import org.yolotorch.codes.picture.Picture;
import org.yolotorch.codes.picture.Polygons;

/** Puts cards into pictures. Every pixel is the mean of several samples of the card. */
public final class Warp {
  private static final int MOST_SAMPLES = 6;

  private final Picture picture;
  private final Card card;
  private final int[] pixels;
  private final Pose pose;
  private final Light light;
  private final double originX;
  private final double originY;

  /** Sums of one pixel: red, green, blue and alpha, each weighted by alpha. */
  private final float[] sum = new float[4];

  private Warp(Picture picture, Card card, Pose pose, Light light, double originX, double originY) {
    this.picture = picture;
    this.card = card;
    this.pixels = card.pixels();
    this.pose = pose;
    this.light = light;
    this.originX = originX;
    this.originY = originY;
  }

  /**
   * Puts a card.
   *
   * @param originX x of the pixel of the card that is the origin of the pose
   * @param originY y of it
   */
  public static void put(
      Picture picture, Card card, Pose pose, Light light, double originX, double originY) {
    new Warp(picture, card, pose, light, originX, originY).put();
  }

  private void put() {
    double[] box = Polygons.bounds(pose.project(card.outline(originX, originY, 8)));
    int left = (int) Math.max(0, Math.floor(box[0]) - 1);
    int right = (int) Math.min(picture.width, Math.ceil(box[2]) + 1);
    int top = (int) Math.max(0, Math.floor(box[1]) - 1);
    int bottom = (int) Math.min(picture.height, Math.ceil(box[3]) + 1);
    if (left >= right || top >= bottom) {
      return;
    }
    int points = right - left + 1;
    float[] above = new float[2 * points];
    float[] below = new float[2 * points];
    row(left, top, above);
    for (int y = top; y < bottom; y++) {
      row(left, y + 1, below);
      for (int x = left; x < right; x++) {
        pixel(x, y, above, below, 2 * (x - left));
      }
      float[] swap = above;
      above = below;
      below = swap;
    }
  }

  private void row(int left, int y, float[] to) {
    for (int i = 0; i < to.length; i += 2) {
      pose.unproject(left + i / 2, y, to, i);
      to[i] += (float) originX;
      to[i + 1] += (float) originY;
      if (light.isRippled()) {
        float u = to[i] / card.width;
        float v = to[i + 1] / card.height;
        to[i] += light.ripple(u, v) * card.width;
        to[i + 1] += light.ripple(v + 0.3f, u) * card.height;
      }
    }
  }

  private void pixel(int x, int y, float[] above, float[] below, int i) {
    float u = above[i];
    float v = above[i + 1];
    float ux = above[i + 2] - u;
    float vx = above[i + 3] - v;
    float uy = below[i] - u;
    float vy = below[i + 1] - v;
    float reach = Math.abs(ux) + Math.abs(vx) + Math.abs(uy) + Math.abs(vy);
    // The comparison is false for NaN too.
    boolean near = u > -reach && v > -reach && u < card.width + reach && v < card.height + reach;
    if (!near || reach > card.width + card.height) {
      return;
    }
    float step =
        Math.max(Math.max(Math.abs(ux), Math.abs(vx)), Math.max(Math.abs(uy), Math.abs(vy)));
    int n = Math.max(3, Math.min(MOST_SAMPLES, (int) Math.ceil(step * 1.2f)));
    sample(u, v, ux, vx, uy, vy, n);
    if (sum[3] > 0) {
      blend(x, y, u, v, n * n);
    }
  }

  /** Sums two colours in one number each, which counts if all samples are opaque. */
  private void sample(float u, float v, float ux, float vx, float uy, float vy, int n) {
    int redBlue = 0;
    int green = 0;
    int every = -1;
    int any = 0;
    float part = 1f / n;
    for (int j = 0; j < n; j++) {
      float su = u + (j + 0.5f) * part * uy + 0.5f * part * ux;
      float sv = v + (j + 0.5f) * part * vy + 0.5f * part * vx;
      for (int i = 0; i < n; i++) {
        int pixel = pixel(su, sv);
        redBlue += pixel & 0xFF00FF;
        green += pixel >> 8 & 0xFF;
        every &= pixel;
        any |= pixel;
        su += part * ux;
        sv += part * vx;
      }
    }
    if (any >>> 24 == 0) {
      sum[3] = 0;
    } else if (every >>> 24 == 255) {
      sum[0] = 255 * (redBlue >>> 16);
      sum[1] = 255 * green;
      sum[2] = 255 * (redBlue & 0xFFFF);
      sum[3] = 255 * n * n;
    } else {
      weighted(u, v, ux, vx, uy, vy, n);
    }
  }

  /** What is at a place of the card; nothing beside it. */
  private int pixel(float u, float v) {
    return u < 0 || v < 0 || u >= card.width || v >= card.height
        ? 0
        : pixels[(int) v * card.width + (int) u];
  }

  private void weighted(float u, float v, float ux, float vx, float uy, float vy, int n) {
    java.util.Arrays.fill(sum, 0);
    float part = 1f / n;
    for (int j = 0; j < n; j++) {
      float su = u + (j + 0.5f) * part * uy + 0.5f * part * ux;
      float sv = v + (j + 0.5f) * part * vy + 0.5f * part * vx;
      for (int i = 0; i < n; i++) {
        int pixel = pixel(su, sv);
        int alpha = pixel >>> 24;
        sum[0] += alpha * (pixel >> 16 & 255);
        sum[1] += alpha * (pixel >> 8 & 255);
        sum[2] += alpha * (pixel & 255);
        sum[3] += alpha;
        su += part * ux;
        sv += part * vx;
      }
    }
  }

  private void blend(int x, int y, float u, float v, int samples) {
    int at = y * picture.width + x;
    float alpha = sum[3] / (255 * samples);
    float shade = light.at(x, y, u / card.width, v / card.height);
    for (int c = 0; c < 3; c++) {
      float value = sum[c] / sum[3] * light.gain(c) * shade + light.lift();
      float[] plane = picture.planes[c];
      plane[at] += alpha * (value - plane[at]);
    }
  }
}
