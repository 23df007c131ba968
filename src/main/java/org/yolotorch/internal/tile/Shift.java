// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.tile;

import java.util.ArrayList;
import java.util.List;
import org.yolotorch.Box;
import org.yolotorch.Image;
import org.yolotorch.Keypoint;
import org.yolotorch.Keypoints;
import org.yolotorch.Mask;
import org.yolotorch.Obb;
import org.yolotorch.Xywhr;
import org.yolotorch.Xyxy;

/** Moves detections from the coordinates of a tile to those of the whole picture. */
public record Shift(Image image, int left, int top) {
  public Box box(Box box) {
    Xyxy at = box.xyxy();
    return new Box(
        box.classId(),
        box.label(),
        box.confidence(),
        new Xyxy(at.x1() + left, at.y1() + top, at.x2() + left, at.y2() + top),
        image.width(),
        image.height());
  }

  public Mask mask(Mask mask) {
    return mask.moved(left, top, new Mask.Size(image.width(), image.height()));
  }

  public Keypoints keypoints(Keypoints pose) {
    List<Keypoint> points = new ArrayList<>(pose.points().size());
    for (Keypoint point : pose.points()) {
      points.add(new Keypoint(point.x() + left, point.y() + top, point.visibility()));
    }
    return new Keypoints(points, image.width(), image.height());
  }

  public Obb obb(Obb obb) {
    Xywhr raw = obb.raw();
    Xywhr moved = new Xywhr(raw.x() + left, raw.y() + top, raw.width(), raw.height(), raw.angle());
    return new Obb(
        obb.classId(), obb.label(), obb.confidence(), moved, image.width(), image.height());
  }
}
