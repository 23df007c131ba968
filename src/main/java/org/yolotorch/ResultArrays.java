// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import java.util.List;

/**
 * The objects of a {@link Result} in arrays, row after row, as {@code data} of Ultralytics' results
 * has them. Each call makes a new array, which is the caller's; {@link
 * java.nio.FloatBuffer#wrap(float[])} makes a buffer of it without a copy. Immutable and
 * thread-safe.
 */
public final class ResultArrays {
  /** Numbers per row of {@link #boxes()}. */
  public static final int BOX_VALUES = 6;

  /** Numbers per row of {@link #obbs()}. */
  public static final int OBB_VALUES = 7;

  /** Numbers per point of {@link #keypoints()}. */
  public static final int POINT_VALUES = 3;

  private static final int MOST_VALUES = Integer.MAX_VALUE - 8;

  private final Result result;

  ResultArrays(Result result) {
    this.result = result;
  }

  /**
   * A row of {@value #BOX_VALUES} numbers per upright box: x1, y1, x2, y2 in pixels of the picture,
   * confidence, class id. Empty for the tasks obb and classify.
   */
  public float[] boxes() {
    List<Box> boxes = result.boxes();
    float[] data = new float[boxes.size() * BOX_VALUES];
    int at = 0;
    for (Box box : boxes) {
      data[at++] = box.xyxy().x1();
      data[at++] = box.xyxy().y1();
      data[at++] = box.xyxy().x2();
      data[at++] = box.xyxy().y2();
      data[at++] = box.confidence();
      data[at++] = box.classId();
    }
    return data;
  }

  /**
   * A row of {@value #OBB_VALUES} numbers per rotated box: centre x and y, width and height in
   * pixels of the picture, angle in radians by {@link AngleConvention#OPENCV90}, confidence, class
   * id. Empty for other tasks than obb.
   */
  public float[] obbs() {
    List<Obb> obbs = result.obbs();
    float[] data = new float[obbs.size() * OBB_VALUES];
    int at = 0;
    for (Obb obb : obbs) {
      Xywhr box = obb.xywhr();
      data[at++] = box.x();
      data[at++] = box.y();
      data[at++] = box.width();
      data[at++] = box.height();
      data[at++] = box.angle();
      data[at++] = obb.confidence();
      data[at++] = obb.classId();
    }
    return data;
  }

  /**
   * {@value #POINT_VALUES} numbers per point, objects in the order of the boxes: x and y in pixels
   * of the picture, and visibility, 0 to 1, or NaN if the model does not predict it. Empty for
   * other tasks than pose.
   */
  public float[] keypoints() {
    int points = 0;
    for (Keypoints object : result.keypoints()) {
      points += object.points().size();
    }
    float[] data = new float[points * POINT_VALUES];
    int at = 0;
    for (Keypoints object : result.keypoints()) {
      for (Keypoint point : object.points()) {
        data[at++] = point.x();
        data[at++] = point.y();
        data[at++] = point.visibility();
      }
    }
    return data;
  }

  /**
   * Height x width numbers per mask, row by row, in the order of the boxes: 1 where a pixel of the
   * frame belongs to the object, else 0. Empty for other tasks than segment. Takes four bytes per
   * pixel and object, 32 times as much as the masks themselves.
   *
   * @throws YoloException.OutOfMemory if no array is as large, or the heap has no room for it
   */
  public float[] masks() {
    List<Mask> masks = result.masks();
    long values = 0;
    for (Mask mask : masks) {
      values += (long) mask.frameWidth() * mask.frameHeight();
    }
    float[] data = allocate(values);
    int start = 0;
    for (Mask mask : masks) {
      for (int y = mask.top(); y < mask.top() + mask.height(); y++) {
        for (int x = mask.left(); x < mask.left() + mask.width(); x++) {
          if (mask.get(x, y)) {
            data[start + y * mask.frameWidth() + x] = 1;
          }
        }
      }
      start += mask.frameWidth() * mask.frameHeight();
    }
    return data;
  }

  private static float[] allocate(long values) {
    OutOfMemoryError cause = null;
    if (values <= MOST_VALUES) {
      try {
        return new float[(int) values];
      } catch (OutOfMemoryError e) {
        cause = e;
      }
    }
    throw new YoloException.OutOfMemory(
        "The masks of a result must fit into one array, but "
            + values
            + " numbers do not; take Mask.toBitmap() one by one.",
        cause);
  }
}
