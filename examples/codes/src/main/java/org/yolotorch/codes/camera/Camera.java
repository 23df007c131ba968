// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.codes.camera;

import java.util.List;
import org.yolotorch.codes.picture.Blur;
import org.yolotorch.codes.picture.Draws;
import org.yolotorch.codes.picture.Picture;

/** What takes the picture: light, lens, sensor and file. */
public final class Camera {
  /** Kinds of cameras. */
  enum Kind {
    PHONE,
    WEBCAM,
    WAREHOUSE,
    SCANNER
  }

  private final Kind kind;
  private final int imgsz;
  private final boolean hard;
  private final float quality;

  private Camera(Kind kind, int imgsz, boolean hard, float quality) {
    this.kind = kind;
    this.imgsz = imgsz;
    this.hard = hard;
    this.quality = quality;
  }

  /**
   * Any camera.
   *
   * @param imgsz longer side of the pictures
   * @param hard whether it sees worse
   */
  public static Camera draw(int imgsz, boolean hard, Draws draws) {
    Kind kind = Kind.values()[hard ? draws.weighted(4, 3, 3, 0.3) : draws.weighted(5, 2, 2, 1)];
    double quality =
        switch (kind) {
          case PHONE -> draws.in(0.6, 0.95);
          case WEBCAM -> draws.in(0.3, 0.8);
          case WAREHOUSE -> draws.in(0.35, 0.9);
          case SCANNER -> draws.in(0.5, 0.95);
        };
    return new Camera(kind, imgsz, hard, (float) quality);
  }

  public boolean isScanner() {
    return kind == Kind.SCANNER;
  }

  public float quality() {
    return quality;
  }

  /**
   * Light and lens.
   *
   * @param finest pixels of the finest module, which limits the blur
   */
  public void expose(Picture picture, double finest, List<Placement> codes, Draws draws) {
    if (kind != Kind.SCANNER) {
      new Lighting(picture, draws).apply(codes, hard);
    }
    blur(picture, finest, draws);
    if (draws.chance(kind == Kind.WEBCAM ? 0.35 : 0.1)) {
      double most = Math.max(1.15, Math.min(2.5, 1.3 * finest));
      Blur.resample(picture, draws.in(1.1, most));
    }
    tone(picture, draws);
  }

  /** Sensor and processing. */
  public void record(Picture picture, Draws draws) {
    noise(picture, draws);
    if (draws.chance(kind == Kind.PHONE ? 0.35 : 0.2)) {
      Blur.sharpen(picture, draws.in(0.3, 1.5));
    }
    boolean grey = draws.chance(kind == Kind.WAREHOUSE || kind == Kind.SCANNER ? 0.5 : 0.04);
    if (grey) {
      grey(picture);
    }
  }

  private void blur(Picture picture, double finest, Draws draws) {
    double scale = imgsz / 640.0;
    double most = Math.max(0.5, finest * (hard ? 1.1 : 0.8));
    double sharp = kind == Kind.SCANNER ? 0.6 : kind == Kind.PHONE ? 0.45 : 0.3;
    if (!draws.chance(sharp)) {
      double sigma = draws.logIn(0.4, 3.5 * Math.max(0.6, scale));
      Blur.gaussian(picture, Math.min(sigma, most));
    }
    if (kind != Kind.SCANNER && draws.chance(hard ? 0.4 : 0.2)) {
      double length = draws.logIn(2, 16 * Math.max(0.5, scale));
      Blur.motion(picture, Math.min(length, 3 * most), draws.in(0, Math.PI));
    }
  }

  private void tone(Picture picture, Draws draws) {
    boolean dim = draws.chance(hard ? 0.4 : kind == Kind.WAREHOUSE ? 0.2 : 0.08);
    double gain = dim ? draws.in(0.35, 0.7) : draws.in(0.85, 1.2);
    double offset = draws.normal() * 10;
    double contrast = draws.in(0.75, 1.3);
    double warm = kind == Kind.SCANNER ? 0 : draws.normal() * 0.08;
    double tint = kind == Kind.SCANNER ? 0 : draws.normal() * 0.04;
    double[] balance = {1 + warm, 1 + tint, 1 - warm};
    for (int c = 0; c < 3; c++) {
      float[] plane = picture.planes[c];
      float factor = (float) (gain * contrast * balance[c]);
      float shift = (float) (offset + 128 * gain * (1 - contrast));
      for (int i = 0; i < plane.length; i++) {
        plane[i] = plane[i] * factor + shift;
      }
    }
  }

  /** Noise of the sensor, in part growing with the light, the same in all colours in part. */
  private void noise(Picture picture, Draws draws) {
    double most = kind == Kind.SCANNER ? 4 : kind == Kind.PHONE ? 7 : 14;
    float flat = (float) (draws.logIn(0.5, most) * (hard ? 1.4 : 1));
    float shot = (float) (draws.unit() * flat / 12);
    boolean colour = draws.chance(0.5);
    float[] r = picture.planes[0];
    float[] g = picture.planes[1];
    float[] b = picture.planes[2];
    for (int i = 0; i < r.length; i++) {
      float strength = flat + shot * (float) Math.sqrt(Math.max(0, g[i]));
      float common = draws.normal() * strength;
      g[i] += common;
      if (colour) {
        r[i] += draws.normal() * strength;
        b[i] += draws.normal() * strength;
      } else {
        r[i] += common;
        b[i] += common;
      }
    }
  }

  private static void grey(Picture picture) {
    float[] r = picture.planes[0];
    float[] g = picture.planes[1];
    float[] b = picture.planes[2];
    for (int i = 0; i < r.length; i++) {
      float luma = 0.299f * r[i] + 0.587f * g[i] + 0.114f * b[i];
      r[i] = luma;
      g[i] = luma;
      b[i] = luma;
    }
  }
}
