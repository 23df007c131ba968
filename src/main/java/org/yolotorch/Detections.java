// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import java.util.List;

/** What a {@link Result} is made of, by task; lists of other tasks are empty, and probs null. */
public record Detections(
    List<Box> boxes, List<Mask> masks, List<Keypoints> keypoints, List<Obb> obbs, Probs probs) {
  /** Makes the lists unchangeable. */
  public Detections {
    boxes = List.copyOf(boxes);
    masks = List.copyOf(masks);
    keypoints = List.copyOf(keypoints);
    obbs = List.copyOf(obbs);
  }

  public static Detections ofBoxes(List<Box> boxes) {
    return new Detections(boxes, List.of(), List.of(), List.of(), null);
  }

  public static Detections ofMasks(List<Box> boxes, List<Mask> masks) {
    return new Detections(boxes, masks, List.of(), List.of(), null);
  }

  public static Detections ofKeypoints(List<Box> boxes, List<Keypoints> keypoints) {
    return new Detections(boxes, List.of(), keypoints, List.of(), null);
  }

  public static Detections ofObbs(List<Obb> obbs) {
    return new Detections(List.of(), List.of(), List.of(), obbs, null);
  }

  public static Detections ofProbs(Probs probs) {
    return new Detections(List.of(), List.of(), List.of(), List.of(), probs);
  }
}
