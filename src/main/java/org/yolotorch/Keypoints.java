// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import java.util.ArrayList;
import java.util.List;
import org.yolotorch.internal.Checks;

/**
 * The points of one object, in the order of the model. Immutable.
 *
 * @param points the same number for every object of a model
 * @param imageWidth width of the picture in pixels
 * @param imageHeight height of the picture in pixels
 */
public record Keypoints(List<Keypoint> points, int imageWidth, int imageHeight) {

  /** Copies the list. */
  public Keypoints {
    points = Checks.all("points", points);
  }

  /** The coordinates alone, in pixels of the picture. */
  public List<Xy> xy() {
    return places(1, 1);
  }

  /** The coordinates alone, normalised: each 0 to 1. */
  public List<Xy> xyn() {
    return places(imageWidth, imageHeight);
  }

  private List<Xy> places(int width, int height) {
    List<Xy> places = new ArrayList<>(points.size());
    for (Keypoint point : points) {
      places.add(new Xy(point.x() / width, point.y() / height));
    }
    return List.copyOf(places);
  }
}
