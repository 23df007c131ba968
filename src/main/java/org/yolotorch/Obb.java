// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import java.util.ArrayList;
import java.util.List;
import org.yolotorch.internal.Checks;

/**
 * One detected object with a rotated box (oriented bounding box). Immutable.
 *
 * @param classId class of the object, 0 to the model's number of classes - 1
 * @param label name of that class
 * @param confidence 0 to 1
 * @param raw the box as the network gives it; {@link #xywhr()} is what results usually mean
 * @param imageWidth width of the picture in pixels
 * @param imageHeight height of the picture in pixels
 */
public record Obb(
    int classId, String label, float confidence, Xywhr raw, int imageWidth, int imageHeight)
    implements Detection {
  private static final double HALF_TURN = Math.PI;
  private static final double RIGHT_ANGLE = Math.PI / 2;

  /** Takes what it is given, such as for a test; no number is checked. */
  public Obb {
    Checks.given("label", label);
    Checks.given("raw", raw);
  }

  /** The box by {@link AngleConvention#OPENCV90}. */
  public Xywhr xywhr() {
    return xywhr(AngleConvention.OPENCV90);
  }

  /** The box by this convention. */
  public Xywhr xywhr(AngleConvention convention) {
    Checks.given("convention", convention);
    return switch (convention) {
      case RAW -> raw;
      case OPENCV90 -> turned(mod(raw.angle(), HALF_TURN) >= RIGHT_ANGLE, raw.angle(), RIGHT_ANGLE);
      case LONG_EDGE -> {
        boolean swap = raw.height() > raw.width();
        yield turned(swap, raw.angle() + (swap ? RIGHT_ANGLE : 0), HALF_TURN);
      }
    };
  }

  /** The box with its angle reduced to [0, range). */
  private Xywhr turned(boolean swap, double angle, double range) {
    float reduced = (float) mod(angle, range);
    // A float may be rounded up to the very end, which no longer belongs to the range.
    return new Xywhr(
        raw.x(),
        raw.y(),
        swap ? raw.height() : raw.width(),
        swap ? raw.width() : raw.height(),
        reduced < range ? reduced : Math.nextDown((float) range));
  }

  /** The remainder with the sign of the divisor. */
  private static double mod(double value, double divisor) {
    double rest = value % divisor;
    return rest < 0 ? rest + divisor : rest;
  }

  /**
   * The four corners in pixels of the picture, in order around the box and not clipped. With the
   * box of {@link #xywhr()}, v1 its half width and v2 its half height as vectors, they are the
   * centre plus v1 + v2, v1 - v2, -v1 - v2 and -v1 + v2.
   */
  public List<Xy> corners() {
    return corners(1, 1);
  }

  /** The four {@link #corners()}, normalised; those outside the picture are not within 0 to 1. */
  public List<Xy> xyxyxyxyn() {
    return corners(imageWidth, imageHeight);
  }

  private List<Xy> corners(int width, int height) {
    Xywhr box = xywhr();
    double cos = Math.cos(box.angle());
    double sin = Math.sin(box.angle());
    List<Xy> corners = new ArrayList<>(4);
    for (int i = 0; i < 4; i++) {
      double along = (i < 2 ? box.width() : -box.width()) / 2;
      double across = (i == 0 || i == 3 ? box.height() : -box.height()) / 2;
      double x = box.x() + along * cos - across * sin;
      double y = box.y() + along * sin + across * cos;
      corners.add(new Xy((float) (x / width), (float) (y / height)));
    }
    return List.copyOf(corners);
  }

  /** The smallest upright box around the corners, in pixels of the picture, not clipped. */
  @Override
  public Xyxy xyxy() {
    float left = Float.POSITIVE_INFINITY;
    float top = Float.POSITIVE_INFINITY;
    float right = Float.NEGATIVE_INFINITY;
    float bottom = Float.NEGATIVE_INFINITY;
    for (Xy corner : corners()) {
      left = Math.min(left, corner.x());
      top = Math.min(top, corner.y());
      right = Math.max(right, corner.x());
      bottom = Math.max(bottom, corner.y());
    }
    return new Xyxy(left, top, right, bottom);
  }

  @Override
  public String toString() {
    return label + " " + confidence + " " + xywhr();
  }
}
