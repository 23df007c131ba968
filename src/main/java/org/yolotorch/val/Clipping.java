// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.val;

import java.util.List;
import org.yolotorch.Box;
import org.yolotorch.Detections;
import org.yolotorch.Keypoint;
import org.yolotorch.Keypoints;
import org.yolotorch.Result;
import org.yolotorch.Xyxy;

/** Clips results that were predicted with val's letterbox, which leaves them unclipped. */
final class Clipping {
  private final int width;
  private final int height;

  private Clipping(int width, int height) {
    this.width = width;
    this.height = height;
  }

  /** The result with boxes and keypoints clipped to the picture; rotated boxes stay as they are. */
  static Result clip(Result result) {
    Clipping clipping = new Clipping(result.imageWidth(), result.imageHeight());
    List<Box> boxes = result.boxes().stream().map(clipping::clip).toList();
    List<Keypoints> keypoints = result.keypoints().stream().map(clipping::clip).toList();
    Detections clipped =
        new Detections(
            boxes, result.masks(), keypoints, result.obbs(), result.probs().orElse(null));
    return result.with(clipped, result.speed());
  }

  private Box clip(Box box) {
    Xyxy corners = box.xyxy();
    Xyxy inside =
        new Xyxy(
            clip(corners.x1(), width),
            clip(corners.y1(), height),
            clip(corners.x2(), width),
            clip(corners.y2(), height));
    return new Box(box.classId(), box.label(), box.confidence(), inside, width, height);
  }

  private Keypoints clip(Keypoints pose) {
    List<Keypoint> points =
        pose.points().stream()
            .map(
                point ->
                    new Keypoint(
                        clip(point.x(), width), clip(point.y(), height), point.visibility()))
            .toList();
    return new Keypoints(points, width, height);
  }

  private static float clip(float value, int max) {
    return Math.min(Math.max(value, 0), max);
  }
}
