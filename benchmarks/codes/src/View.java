// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.codes;

/**
 * A camera.
 *
 * @param location where it is
 * @param direction where it looks, of length 1
 * @param right to the right in the picture, of length 1
 * @param angle degrees that the picture is wide
 * @param width pixels of the picture
 * @param height pixels of the picture
 * @param focus distance at which the picture is sharp
 * @param aperture opening of the lens in cm; 0 if all is sharp
 */
record View(
    Vec location,
    Vec direction,
    Vec right,
    double angle,
    int width,
    int height,
    double focus,
    double aperture) {
  Vec up() {
    return direction.cross(right);
  }

  /** Pixels of 1 cm at a distance of 1 cm. */
  double pixels() {
    return width / 2.0 / Math.tan(Math.toRadians(angle / 2));
  }

  double depth(Vec point) {
    return point.minus(location).dot(direction);
  }

  /** Where a point is in the picture. */
  double[] project(Vec point) {
    Vec from = point.minus(location);
    double scale = pixels() / from.dot(direction);
    return new double[] {
      width / 2.0 + from.dot(right) * scale, height / 2.0 - from.dot(up()) * scale
    };
  }

  View opened(double opening) {
    return new View(location, direction, right, angle, width, height, focus, opening);
  }

  /** Diameter of the disc, in pixels, as which a point at a depth is seen. */
  double blur(double depth) {
    return aperture * Math.abs(depth - focus) / focus * pixels() / depth;
  }

  /** Whether some of a card may be in the picture. */
  boolean reaches(Card card) {
    for (int i = 0; i < 441; i++) {
      double x = card.art().width * (i % 21) / 20;
      double y = card.art().height * (i / 21) / 20;
      Vec point = card.world(x, y);
      double[] at = project(point);
      boolean inside =
          Math.abs(at[0] - width / 2.0) < width / 1.6
              && Math.abs(at[1] - height / 2.0) < height / 1.6;
      boolean faces = card.normal(x, y).dot(location.minus(point)) > 0;
      if (inside && faces && depth(point) > 0) {
        return true;
      }
    }
    return false;
  }

  /** A picture behind all else that fills the view. */
  String backdrop(String texture, double behind, double widening) {
    double away = focus + behind;
    Frame frame = new Frame(location.plus(direction.times(away)), right, up());
    double scale = away / pixels() * widening;
    return ("object { box { <-0.5, -0.5, 0>, <0.5, 0.5, 0.01> } %s no_shadow scale <%.2f, %.2f,"
            + " 1> %s }\n")
        .formatted(texture, width * scale, height * scale, frame.matrix());
  }

  String text() {
    return """
    camera {
      perspective
      location %s
      direction %s
      right %s
      up %s
      #if (!MASK)
        %s
      #end
    }
    """
        .formatted(
            location,
            direction.times(pixels() / width),
            right,
            up().times((double) height / width),
            aperture == 0
                ? ""
                : "aperture %.4f blur_samples 18 confidence 0.9 variance 0.004 focal_point %s"
                    .formatted(aperture, location.plus(direction.times(focus))));
  }
}
