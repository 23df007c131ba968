// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.codes;

import java.util.Locale;

/** A point or a direction; POV-Ray's axes: x to the right, y up, z away from the viewer. */
record Vec(double x, double y, double z) {
  static final Vec UP = new Vec(0, 1, 0);

  Vec plus(Vec other) {
    return new Vec(x + other.x, y + other.y, z + other.z);
  }

  Vec minus(Vec other) {
    return plus(other.times(-1));
  }

  Vec times(double factor) {
    return new Vec(x * factor, y * factor, z * factor);
  }

  double dot(Vec other) {
    return x * other.x + y * other.y + z * other.z;
  }

  Vec cross(Vec other) {
    return new Vec(y * other.z - z * other.y, z * other.x - x * other.z, x * other.y - y * other.x);
  }

  double length() {
    return Math.sqrt(dot(this));
  }

  Vec unit() {
    return times(1 / length());
  }

  /** Turned about an axis of length 1, by degrees. */
  Vec turned(Vec axis, double degrees) {
    double angle = Math.toRadians(degrees);
    return times(Math.cos(angle))
        .plus(axis.cross(this).times(Math.sin(angle)))
        .plus(axis.times(axis.dot(this) * (1 - Math.cos(angle))));
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "<%.7f,%.7f,%.7f>", x, y, z);
  }
}
