// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import java.util.List;

/**
 * What was found in one picture, by task: what a {@link Result} is made of. Immutable.
 *
 * @param boxes upright boxes of the tasks detect, segment and pose, most confident first; else
 *     empty
 * @param masks for the task segment one per box in the same order; else empty
 * @param keypoints for the task pose one set per box in the same order; else empty
 * @param obbs rotated boxes of the task obb, most confident first; else empty
 * @param probs class probabilities of the task classify; else null
 */
public record Detections(
    List<Box> boxes, List<Mask> masks, List<Keypoints> keypoints, List<Obb> obbs, Probs probs) {
  /**
   * Copies the lists.
   *
   * @throws YoloException.InvalidArgument if there are masks or keypoints, but not one per box
   */
  public Detections {
    checkCount("masks", masks.size(), boxes.size());
    checkCount("keypoints", keypoints.size(), boxes.size());
    boxes = List.copyOf(boxes);
    masks = List.copyOf(masks);
    keypoints = List.copyOf(keypoints);
    obbs = List.copyOf(obbs);
  }

  private static void checkCount(String name, int count, int boxes) {
    if (count != 0 && count != boxes) {
      throw new YoloException.InvalidArgument(
          "Detections must have as many "
              + name
              + " as boxes, or none, but have "
              + count
              + " for "
              + boxes
              + " boxes; give one per box.");
    }
  }

  /** Detections of the task detect. */
  public static Detections ofBoxes(List<Box> boxes) {
    return new Detections(boxes, List.of(), List.of(), List.of(), null);
  }

  /** Detections of the task segment: one mask per box. */
  public static Detections ofMasks(List<Box> boxes, List<Mask> masks) {
    return new Detections(boxes, masks, List.of(), List.of(), null);
  }

  /** Detections of the task pose: one set of points per box. */
  public static Detections ofKeypoints(List<Box> boxes, List<Keypoints> keypoints) {
    return new Detections(boxes, List.of(), keypoints, List.of(), null);
  }

  /** Detections of the task obb. */
  public static Detections ofObbs(List<Obb> obbs) {
    return new Detections(List.of(), List.of(), List.of(), obbs, null);
  }

  /** The probabilities of the task classify. */
  public static Detections ofProbs(Probs probs) {
    return new Detections(List.of(), List.of(), List.of(), List.of(), probs);
  }
}
