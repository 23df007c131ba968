// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.codes;

/**
 * A surface: where a point of a sheet is in space.
 *
 * @param name what pictures with it are called in the list of codes
 * @param columns pieces of its width
 * @param rows pieces of its height
 * @param surface from cm right of and above the middle of the sheet to a point in own axes
 */
record Shape(String name, int columns, int rows, Surface surface) {
  /** A point of a surface. */
  interface Surface {
    Vec at(double x, double y);
  }

  Shape named(String other) {
    return new Shape(other, columns, rows, surface);
  }

  static Shape flat() {
    return new Shape("flat", 1, 1, (x, y) -> new Vec(x, y, 0));
  }

  /** Around an upright cylinder whose axis is the own one. */
  static Shape cylinder(double radius) {
    return cone(radius, 0);
  }

  /** Around an upright cone that widens by so much a cm of its height. */
  static Shape cone(double radius, double widening) {
    return new Shape(
        widening == 0 ? "cylinder" : "cone",
        96,
        widening == 0 ? 1 : 4,
        (x, y) -> {
          double here = radius + widening * y;
          double angle = x / radius;
          return new Vec(here * Math.sin(angle), y, here * Math.cos(angle));
        });
  }

  /** Paper that rolls up along a direction, the more the further from a line. */
  static Shape curl(Rand rand, double width, double height) {
    double direction = rand.chance(0.6) ? rand.of(0.0, 90.0) : rand.between(0, 180);
    double longest = Math.max(width, height);
    double constant = Math.toRadians(rand.between(10, 75)) / longest * rand.sign();
    double growing = Math.toRadians(rand.between(-90, 90)) / (longest * longest);
    return bent("curled", direction, s -> constant * s + growing * s * Math.abs(s));
  }

  /** Paper or film in waves. */
  static Shape waves(Rand rand, double width, double height) {
    double length = Math.max(width, height) * rand.between(0.35, 0.9);
    double slope = Math.toRadians(rand.between(8, 28));
    double start = rand.between(0, 2 * Math.PI);
    return bent(
        "wavy", rand.between(0, 180), s -> slope * Math.sin(2 * Math.PI * s / length + start));
  }

  /** A letter that was folded twice. */
  static Shape folded(Rand rand, double height) {
    double first = Math.toRadians(rand.between(5, 24)) * rand.sign();
    double second = Math.toRadians(rand.between(5, 24)) * rand.sign();
    return bent(
        "folded",
        90,
        s -> {
          double past = smooth((s - height / 6) * 6);
          double before = smooth((-s - height / 6) * 6);
          return second * past - first * before;
        });
  }

  private static double smooth(double value) {
    double within = Math.min(1, Math.max(0, value));
    return within * within * (3 - 2 * within);
  }

  private interface Slope {
    double at(double s);
  }

  /** Bends a sheet along a direction without stretching it. */
  private static Shape bent(String name, double direction, Slope slope) {
    double cos = Math.cos(Math.toRadians(direction));
    double sin = Math.sin(Math.toRadians(direction));
    Profile profile = new Profile(slope);
    return new Shape(
        name,
        48,
        48,
        (x, y) -> {
          double along = x * cos + y * sin;
          double beside = y * cos - x * sin;
          double[] bent = profile.at(along);
          return new Vec(bent[0] * cos - beside * sin, bent[0] * sin + beside * cos, bent[1]);
        });
  }

  /** The line that a slope makes: its place along and its height. */
  private record Profile(Slope slope) {
    double[] at(double s) {
      int steps = 60;
      double along = 0;
      double high = 0;
      for (int i = 0; i < steps; i++) {
        double angle = slope.at(s * (i + 0.5) / steps);
        along += Math.cos(angle) * s / steps;
        high += Math.sin(angle) * s / steps;
      }
      return new double[] {along, high};
    }
  }

  /** Crumpled: creases in many directions. */
  static Shape crumpled(Rand rand, double width, double height, double strength) {
    double longest = Math.max(width, height);
    int creases = rand.integer(8, 18);
    double[][] crease = new double[creases][];
    for (int i = 0; i < creases; i++) {
      double angle = rand.between(0, Math.PI);
      double slope = rand.between(0.03, 0.16) * strength * rand.sign();
      double blunt = longest * rand.between(0.003, 0.02);
      double off = rand.between(-0.5, 0.5) * longest;
      crease[i] = new double[] {Math.cos(angle), Math.sin(angle), off, slope, blunt};
    }
    return new Shape(
        "crumpled",
        72,
        72,
        (x, y) -> {
          double z = 0;
          for (double[] c : crease) {
            z += c[3] * Math.hypot(x * c[0] + y * c[1] - c[2], c[4]);
          }
          return new Vec(x, y, z);
        });
  }

  /** A filled bag with wrinkles at its seams. */
  static Shape bag(Rand rand, double width, double height) {
    double thick = Math.min(width, height) * rand.between(0.1, 0.24);
    int wrinkles = rand.integer(5, 12);
    double start = rand.between(0, 6);
    Shape dents = crumpled(rand, width, height, 0.35);
    return new Shape(
        "bag",
        72,
        72,
        (x, y) -> {
          double u = 2 * x / width;
          double v = 2 * y / height;
          double belly = Math.sqrt(Math.max(0, (1 - u * u) * (1 - v * v * v * v)));
          double wrinkle = Math.sin(u * wrinkles * 3 + start) * v * v * v * v * 0.06;
          double dent = dents.surface.at(x, y).z() - dents.surface.at(0, 0).z();
          return new Vec(x, y, thick * (belly + wrinkle) + dent * belly);
        });
  }
}
