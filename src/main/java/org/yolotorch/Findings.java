// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import java.util.List;

/** What a {@link Result} is made of, by task; lists of other tasks are empty, and probs null. */
public record Findings(
    List<Box> boxes, List<Mask> masks, List<Keypoints> keypoints, List<Obb> obbs, Probs probs) {
  /** Makes the lists unchangeable. */
  public Findings {
    boxes = List.copyOf(boxes);
    masks = List.copyOf(masks);
    keypoints = List.copyOf(keypoints);
    obbs = List.copyOf(obbs);
  }

  public static Findings ofBoxes(List<Box> boxes) {
    return new Findings(boxes, List.of(), List.of(), List.of(), null);
  }

  public static Findings ofMasks(List<Box> boxes, List<Mask> masks) {
    return new Findings(boxes, masks, List.of(), List.of(), null);
  }

  public static Findings ofKeypoints(List<Box> boxes, List<Keypoints> keypoints) {
    return new Findings(boxes, List.of(), keypoints, List.of(), null);
  }

  public static Findings ofObbs(List<Obb> obbs) {
    return new Findings(List.of(), List.of(), List.of(), obbs, null);
  }

  public static Findings ofProbs(Probs probs) {
    return new Findings(List.of(), List.of(), List.of(), List.of(), probs);
  }
}
