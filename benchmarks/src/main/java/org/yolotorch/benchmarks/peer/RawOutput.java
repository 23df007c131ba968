// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.peer;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Boxes of a network's raw output, by one decoder for all peers that end there: confidence above
 * 0.25, non-maximum suppression a class at an overlap of 0.7, clipped to the picture, as
 * yolotorch's defaults are.
 */
final class RawOutput {
  private static final float CONFIDENCE = 0.25F;
  private static final double OVERLAP = 0.7;

  private RawOutput() {}

  /**
   * Decodes (batch, 4 + classes + extra, anchors): centre x and y, width, height, a score a class.
   *
   * @param extra rows after the classes, such as 32 mask coefficients
   */
  static List<List<Found>> decode(FloatBuffer output, long[] shape, int extra) {
    int rows = (int) shape[1];
    int anchors = (int) shape[2];
    List<List<Found>> batch = new ArrayList<>();
    for (int image = 0; image < shape[0]; image++) {
      int start = image * rows * anchors;
      List<Found> candidates = new ArrayList<>();
      for (int anchor = 0; anchor < anchors; anchor++) {
        Found best = best(output, start + anchor, anchors, rows - extra);
        if (best != null) {
          candidates.add(best);
        }
      }
      batch.add(suppress(candidates));
    }
    return batch;
  }

  private static Found best(FloatBuffer output, int at, int anchors, int rows) {
    float score = CONFIDENCE;
    int classId = -1;
    for (int row = 4; row < rows; row++) {
      float value = output.get(at + row * anchors);
      if (value > score) {
        score = value;
        classId = row - 4;
      }
    }
    if (classId < 0) {
      return null;
    }
    float x = output.get(at);
    float y = output.get(at + anchors);
    float halfWidth = output.get(at + 2 * anchors) / 2;
    float halfHeight = output.get(at + 3 * anchors) / 2;
    return new Found(classId, score, x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight);
  }

  private static Found clip(Found box) {
    return new Found(
        box.classId(),
        box.confidence(),
        inside(box.x1()),
        inside(box.y1()),
        inside(box.x2()),
        inside(box.y2()));
  }

  private static float inside(float value) {
    return Math.max(0, Math.min(value, Inputs.SIDE));
  }

  private static List<Found> suppress(List<Found> candidates) {
    candidates.sort(Comparator.comparing(Found::confidence).reversed());
    List<Found> kept = new ArrayList<>();
    for (Found candidate : candidates) {
      if (kept.stream()
          .noneMatch(
              other ->
                  other.classId() == candidate.classId() && overlap(other, candidate) > OVERLAP)) {
        kept.add(candidate);
      }
    }
    return kept.stream().map(RawOutput::clip).toList();
  }

  private static double overlap(Found a, Found b) {
    double width = Math.min(a.x2(), b.x2()) - Math.max(a.x1(), b.x1());
    double height = Math.min(a.y2(), b.y2()) - Math.max(a.y1(), b.y1());
    if (width <= 0 || height <= 0) {
      return 0;
    }
    double common = width * height;
    return common / (area(a) + area(b) - common);
  }

  private static double area(Found box) {
    return (double) (box.x2() - box.x1()) * (box.y2() - box.y1());
  }
}
