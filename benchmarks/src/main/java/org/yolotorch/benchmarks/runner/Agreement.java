// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.runner;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.yolotorch.benchmarks.peer.Found;

/**
 * How far what two peers found in the same pictures differs.
 *
 * @param objects pairs: an object of the one and, of the same class, the nearest of the other
 * @param alone objects that only one of the two has, or that are more than {@value #FAR} px apart
 * @param pixels largest distance of a corner along an axis
 * @param confidence largest difference
 */
record Agreement(int objects, int alone, double pixels, double confidence) {
  private static final double FAR = 32;

  /** What counts as equal: as far as float arithmetic in another order goes. */
  private static final double EQUAL_PIXELS = 0.1;

  private static final double EQUAL_CONFIDENCE = 5e-4;

  static Agreement of(List<List<Found>> one, List<List<Found>> other) {
    Agreement sum = new Agreement(0, 0, 0, 0);
    for (int i = 0; i < Math.max(one.size(), other.size()); i++) {
      sum =
          sum.plus(
              ofPicture(
                  i < one.size() ? one.get(i) : List.of(),
                  i < other.size() ? other.get(i) : List.of()));
    }
    return sum;
  }

  private static Agreement ofPicture(List<Found> one, List<Found> other) {
    List<Found> left = new ArrayList<>(other);
    int pairs = 0;
    double pixels = 0;
    double confidence = 0;
    for (Found found : one) {
      Found nearest = null;
      for (Found candidate : left) {
        if (candidate.classId() == found.classId()
            && found.cornerDistance(candidate)
                <= (nearest == null ? FAR : found.cornerDistance(nearest))) {
          nearest = candidate;
        }
      }
      if (nearest != null) {
        left.remove(nearest);
        pairs++;
        pixels = Math.max(pixels, found.cornerDistance(nearest));
        confidence = Math.max(confidence, Math.abs(found.confidence() - nearest.confidence()));
      }
    }
    return new Agreement(pairs, one.size() - pairs + left.size(), pixels, confidence);
  }

  Agreement plus(Agreement other) {
    return new Agreement(
        objects + other.objects,
        alone + other.alone,
        Math.max(pixels, other.pixels),
        Math.max(confidence, other.confidence));
  }

  boolean equal() {
    return alone == 0 && pixels <= EQUAL_PIXELS && confidence <= EQUAL_CONFIDENCE;
  }

  @Override
  public String toString() {
    return objects == 0 && alone == 0
        ? "no objects"
        : String.format(
            Locale.ROOT,
            "%s: %d objects, %d alone, %.2g px, %.1g confidence",
            equal() ? "equal" : "differ",
            objects,
            alone,
            pixels,
            confidence);
  }
}
