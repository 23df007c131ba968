// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import org.yolotorch.internal.Checks;

/**
 * One detected object. Immutable.
 *
 * @param classId class of the object, 0 to the model's number of classes - 1
 * @param label name of that class
 * @param confidence 0 to 1
 * @param xyxy corners in pixels of the picture, clipped to it, but for those that accuracy is
 *     measured with
 * @param imageWidth width of the picture in pixels
 * @param imageHeight height of the picture in pixels
 */
public record Box(
    int classId, String label, float confidence, Xyxy xyxy, int imageWidth, int imageHeight)
    implements Detection {
  /** Takes what it is given, such as for a test; no number is checked. */
  public Box {
    Checks.given("label", label);
    Checks.given("xyxy", xyxy);
  }

  /** Centre, width and height in pixels of the picture. */
  public Xywh xywh() {
    return new Xywh(
        (xyxy.x1() + xyxy.x2()) / 2,
        (xyxy.y1() + xyxy.y2()) / 2,
        xyxy.x2() - xyxy.x1(),
        xyxy.y2() - xyxy.y1());
  }

  /** Corners, normalised: each 0 to 1. */
  public Xyxy xyxyn() {
    return new Xyxy(
        xyxy.x1() / imageWidth,
        xyxy.y1() / imageHeight,
        xyxy.x2() / imageWidth,
        xyxy.y2() / imageHeight);
  }

  /** Centre, width and height, normalised: each 0 to 1. */
  public Xywh xywhn() {
    Xywh box = xywh();
    return new Xywh(
        box.x() / imageWidth,
        box.y() / imageHeight,
        box.width() / imageWidth,
        box.height() / imageHeight);
  }

  @Override
  public String toString() {
    return label + " " + confidence + " " + xyxy;
  }
}
