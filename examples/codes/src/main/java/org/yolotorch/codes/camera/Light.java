// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.codes.camera;

import org.yolotorch.codes.picture.Draws;
import org.yolotorch.codes.picture.Field;

/** Light on a card: its strength and colour, how it falls off, grain and creases of the paper. */
public final class Light {
  private final float[] gain;
  private final float lift;
  private final float slopeX;
  private final float slopeY;
  private final float creases;
  private final float grain;
  private final Field field;
  private float waveX;
  private float waveY;
  private float waves;
  private float ripples;
  private final Draws noise;

  private Light(float[] gain, float lift, float slopeX, float slopeY, float[] paper, Draws draws) {
    this.gain = gain;
    this.lift = lift;
    this.slopeX = slopeX;
    this.slopeY = slopeY;
    this.creases = paper[0];
    this.grain = paper[1];
    this.noise = draws;
    this.field = new Field(8, 8, draws);
  }

  /** All as it is on the card. */
  public static Light none() {
    return new Light(new float[] {1, 1, 1}, 0, 0, 0, new float[2], new Draws(0));
  }

  /** The light of a screen, with the waves that its grid and that of the camera make. */
  public static Light ofScreen(Draws draws) {
    float level = (float) draws.in(0.8, 1.15);
    float blue = (float) draws.in(0.95, 1.1);
    Light light =
        new Light(new float[] {level, level, level * blue}, 0, 0, 0, new float[2], draws.split());
    if (draws.chance(0.6)) {
      double pitch = draws.logIn(0.3, 2.5);
      double direction = draws.in(0, Math.PI);
      light.waveX = (float) (pitch * Math.cos(direction));
      light.waveY = (float) (pitch * Math.sin(direction));
      light.waves = (float) draws.in(0.02, 0.12);
    }
    return light;
  }

  /**
   * Light that fits a picture.
   *
   * @param around brightness of what is around, 0 to 255
   * @param size longer side of the picture
   */
  public static Light draw(double around, int size, Draws draws) {
    double level = Math.min(1.05, Math.max(0.35, 0.5 + 0.5 * around / 190 + draws.in(-0.2, 0.2)));
    float[] gain = new float[3];
    double warm = draws.normal() * 0.04;
    gain[0] = (float) (level * (1 + warm));
    gain[1] = (float) level;
    gain[2] = (float) (level * (1 - warm));
    double slope = draws.chance(0.7) ? draws.in(0, 0.35) : 0;
    double direction = draws.in(0, 2 * Math.PI);
    float[] paper = {
      (float) (draws.chance(0.3) ? draws.in(0.02, 0.15) : 0), (float) draws.in(0, 0.04)
    };
    Light light =
        new Light(
            gain,
            (float) (draws.chance(0.4) ? draws.in(0, 25) : 0),
            (float) (slope * Math.cos(direction) / size),
            (float) (slope * Math.sin(direction) / size),
            paper,
            draws.split());
    light.ripples = draws.chance(0.12) ? (float) draws.in(0.003, 0.015) : 0;
    return light;
  }

  /** Whether the paper is not quite flat. */
  boolean isRippled() {
    return ripples > 0;
  }

  /** How far a place on the card is moved by its ripples, in shares of the card. */
  float ripple(float u, float v) {
    return ripples * field.at(u * 4, v * 4);
  }

  float gain(int channel) {
    return gain[channel];
  }

  /** What haze adds. */
  float lift() {
    return lift;
  }

  /** The factor at a pixel and at a place on the card. */
  float at(int x, int y, float u, float v) {
    float shade = 1 + x * slopeX + y * slopeY;
    if (creases > 0) {
      shade += creases * field.at(u * 5, v * 5);
    }
    if (waves > 0) {
      shade += waves * (float) Math.sin(x * waveX + y * waveY);
    }
    return grain > 0 ? shade + grain * noise.normal() : shade;
  }
}
