// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.codes;

import java.util.Locale;

/**
 * Where a thing is: its own axes to the right, up and out (towards who reads it).
 *
 * @param origin where its own zero is
 * @param right its first axis, of length 1
 * @param up its second axis
 */
record Frame(Vec origin, Vec right, Vec up) {
  /** Stands upright and looks towards -z, turned about the vertical axis by degrees. */
  static Frame standing(Vec origin, double turn) {
    return new Frame(origin, new Vec(1, 0, 0).turned(Vec.UP, turn), Vec.UP);
  }

  /** Lies on its back, turned about the vertical axis by degrees. */
  static Frame lying(Vec origin, double turn) {
    return new Frame(
        origin, new Vec(1, 0, 0).turned(Vec.UP, turn), new Vec(0, 0, 1).turned(Vec.UP, turn));
  }

  Vec out() {
    return up.cross(right);
  }

  Vec point(double x, double y, double z) {
    return origin.plus(right.times(x)).plus(up.times(y)).plus(out().times(z));
  }

  Vec point(Vec own) {
    return point(own.x(), own.y(), own.z());
  }

  Frame moved(double x, double y, double z) {
    return new Frame(point(x, y, z), right, up);
  }

  /** Turned about its own upward axis. */
  Frame yawed(double degrees) {
    return new Frame(origin, right.turned(up, degrees), up);
  }

  /** Leans back about its own first axis; at 90 degrees it looks up. */
  Frame leaned(double degrees) {
    return new Frame(origin, right, up.turned(right, degrees));
  }

  /** Turned in its own plane. */
  Frame rolled(double degrees) {
    return new Frame(origin, right.turned(out(), degrees), up.turned(out(), degrees));
  }

  /** POV-Ray's transformation of a thing described in own axes, its z outwards. */
  String matrix() {
    Vec out = out();
    StringBuilder text = new StringBuilder("matrix<");
    for (Vec row : new Vec[] {right, up, out, origin}) {
      text.append(
          String.format(
              Locale.ROOT,
              "%.6f,%.6f,%.6f%s",
              row.x(),
              row.y(),
              row.z(),
              row == origin ? "" : ","));
    }
    return text.append(">").toString();
  }
}
