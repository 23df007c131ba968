// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.codes.picture;

/**
 * Random numbers of one picture: the same on every machine, whatever was drawn for other pictures.
 * The generator is SplitMix64.
 */
public final class Draws {
  private static final long STEP = 0x9E3779B97F4A7C15L;

  private static final int NORMALS = 1 << 14;
  private static final float[] NORMAL = normals();

  private long state;

  public Draws(long state) {
    this.state = state;
  }

  /** Those of a picture; seed, split and index all change every number. */
  public static Draws of(long seed, int split, long index) {
    return new Draws(mix(mix(mix(seed + STEP) + split + 1) + index));
  }

  private static long mix(long z) {
    z += STEP;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  public long bits() {
    long z = mix(state);
    state += STEP;
    return z;
  }

  /** Draws of their own, so that what they are used for shifts no others. */
  public Draws split() {
    return new Draws(bits());
  }

  /** From 0 to below 1. */
  public double unit() {
    return (bits() >>> 11) * 0x1.0p-53;
  }

  public double in(double from, double to) {
    return from + (to - from) * unit();
  }

  /** Equally often in every octave. */
  public double logIn(double from, double to) {
    return from * Math.exp(unit() * Math.log(to / from));
  }

  /** From 0 to below n. */
  public int below(int n) {
    return (int) (unit() * n);
  }

  /** From first to last, both included. */
  public int whole(int first, int last) {
    return first + below(last - first + 1);
  }

  public boolean chance(double p) {
    return unit() < p;
  }

  @SafeVarargs
  public final <T> T pick(T... values) {
    return values[below(values.length)];
  }

  /** An index, as often as its weight says. */
  public int weighted(double... weights) {
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    double at = unit() * sum;
    for (int i = 0; i < weights.length - 1; i++) {
      at -= weights[i];
      if (at < 0) {
        return i;
      }
    }
    return weights.length - 1;
  }

  /** Of the normal distribution, out of a table of 16384. */
  public float normal() {
    return NORMAL[(int) (bits() >>> 50)];
  }

  private static float[] normals() {
    float[] table = new float[NORMALS];
    Draws draws = new Draws(1);
    for (int i = 0; i < NORMALS; i++) {
      double r = StrictMath.sqrt(-2 * StrictMath.log(1 - draws.unit()));
      table[i] = (float) (r * StrictMath.cos(2 * Math.PI * draws.unit()));
    }
    return table;
  }

  /** Colour of a hue, as 0xRRGGBB. */
  public int colour(double hue, double saturation, double value) {
    return java.awt.Color.HSBtoRGB((float) hue, (float) saturation, (float) value) & 0xFFFFFF;
  }
}
