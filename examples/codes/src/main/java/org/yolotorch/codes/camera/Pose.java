// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.codes.camera;

/**
 * Where a card is seen. The card lies in a plane or around a cylinder, turned before a pinhole
 * camera. The origin of the card's coordinates is seen at a given point of the picture.
 */
public final class Pose {
  /** How a card is bent: around a vertical axis of the card, a horizontal one, or not at all. */
  public enum Bend {
    NONE,
    ALONG_X,
    ALONG_Y
  }

  private final double[] r = new double[9];
  private final double distance;
  private final double focal;
  private final double centreX;
  private final double centreY;
  private final Bend bend;
  private final double radius;

  private Pose(
      double[] rotation,
      double distance,
      double focal,
      double centreX,
      double centreY,
      Bend bend,
      double radius) {
    System.arraycopy(rotation, 0, r, 0, 9);
    this.distance = distance;
    this.focal = focal;
    this.centreX = centreX;
    this.centreY = centreY;
    this.bend = bend;
    this.radius = radius;
  }

  /**
   * A pose at the origin of the picture, at a scale of one pixel per unit in the middle.
   *
   * @param turn rotation in the plane of the card
   * @param tilt angle between the card and the picture
   * @param axis direction that the card is tilted around
   * @param radius that of the cylinder, in units of the card
   */
  public static Pose of(
      double turn, double tilt, double axis, double distance, Bend bend, double radius) {
    double[] about = multiply(spin(axis), multiply(lean(tilt), spin(-axis)));
    return new Pose(multiply(about, spin(turn)), distance, distance, 0, 0, bend, radius);
  }

  /** The same, seen larger and elsewhere. */
  public Pose at(double scale, double x, double y) {
    return new Pose(r, distance, focal * scale, x, y, bend, radius);
  }

  private static double[] spin(double angle) {
    double c = Math.cos(angle);
    double s = Math.sin(angle);
    return new double[] {c, -s, 0, s, c, 0, 0, 0, 1};
  }

  private static double[] lean(double angle) {
    double c = Math.cos(angle);
    double s = Math.sin(angle);
    return new double[] {1, 0, 0, 0, c, -s, 0, s, c};
  }

  private static double[] multiply(double[] a, double[] b) {
    double[] product = new double[9];
    for (int i = 0; i < 9; i++) {
      int row = i / 3 * 3;
      int column = i % 3;
      product[i] = a[row] * b[column] + a[row + 1] * b[column + 3] + a[row + 2] * b[column + 6];
    }
    return product;
  }

  public boolean isBent() {
    return bend != Bend.NONE;
  }

  /** Where a point of the card is seen. */
  void project(double x, double y, double[] to, int offset) {
    double z = 0;
    if (bend == Bend.ALONG_X) {
      z = radius * (1 - Math.cos(x / radius));
      x = radius * Math.sin(x / radius);
    } else if (bend == Bend.ALONG_Y) {
      z = radius * (1 - Math.cos(y / radius));
      y = radius * Math.sin(y / radius);
    }
    double depth = r[6] * x + r[7] * y + r[8] * z + distance;
    to[offset] = centreX + focal * (r[0] * x + r[1] * y + r[2] * z) / depth;
    to[offset + 1] = centreY + focal * (r[3] * x + r[4] * y + r[5] * z) / depth;
  }

  /** Points of the card seen. */
  public double[] project(double[] points) {
    double[] seen = new double[points.length];
    for (int i = 0; i < points.length; i += 2) {
      project(points[i], points[i + 1], seen, i);
    }
    return seen;
  }

  /** What point of the card is seen at a pixel; NaN if none is. */
  void unproject(double px, double py, float[] to, int offset) {
    double a = (px - centreX) / focal;
    double b = (py - centreY) / focal;
    double dx = r[0] * a + r[3] * b + r[6];
    double dy = r[1] * a + r[4] * b + r[7];
    double dz = r[2] * a + r[5] * b + r[8];
    double ox = -distance * r[6];
    double oy = -distance * r[7];
    double oz = -distance * r[8];
    if (bend == Bend.NONE) {
      double t = dz > 1e-6 ? -oz / dz : Double.NaN;
      to[offset] = (float) (ox + t * dx);
      to[offset + 1] = (float) (oy + t * dy);
    } else if (bend == Bend.ALONG_X) {
      double t = hit(ox, dx, oz - radius, dz);
      to[offset] = (float) (radius * Math.atan2(ox + t * dx, radius - oz - t * dz));
      to[offset + 1] = (float) (oy + t * dy);
    } else {
      double t = hit(oy, dy, oz - radius, dz);
      to[offset] = (float) (ox + t * dx);
      to[offset + 1] = (float) (radius * Math.atan2(oy + t * dy, radius - oz - t * dz));
    }
  }

  /** Where a ray meets the circle around the origin first. */
  private double hit(double o, double d, double oz, double dz) {
    double a = d * d + dz * dz;
    double b = o * d + oz * dz;
    double c = o * o + oz * oz - radius * radius;
    double root = b * b - a * c;
    return root < 0 ? Double.NaN : (-b - Math.sqrt(root)) / a;
  }
}
