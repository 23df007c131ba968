// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.yolotorch.internal.Checks;

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
    boxes = Checks.all("boxes", boxes);
    masks = Checks.all("masks", masks);
    keypoints = Checks.all("keypoints", keypoints);
    obbs = Checks.all("obbs", obbs);
    checkCount("masks", masks.size(), boxes.size());
    checkCount("keypoints", keypoints.size(), boxes.size());
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
    Checks.given("probs", probs);
    return new Detections(List.of(), List.of(), List.of(), List.of(), probs);
  }

  /**
   * The objects that a condition holds for, in the same order, each with its mask and points. The
   * probabilities of the task classify stay.
   */
  public Detections filter(Predicate<? super Detection> wanted) {
    Checks.given("wanted", wanted);
    List<Box> someBoxes = new ArrayList<>();
    List<Mask> someMasks = new ArrayList<>();
    List<Keypoints> somePoints = new ArrayList<>();
    for (int i = 0; i < boxes.size(); i++) {
      if (wanted.test(boxes.get(i))) {
        someBoxes.add(boxes.get(i));
        if (!masks.isEmpty()) {
          someMasks.add(masks.get(i));
        }
        if (!keypoints.isEmpty()) {
          somePoints.add(keypoints.get(i));
        }
      }
    }
    List<Obb> someObbs = new ArrayList<>();
    for (Obb obb : obbs) {
      if (wanted.test(obb)) {
        someObbs.add(obb);
      }
    }
    return new Detections(someBoxes, someMasks, somePoints, someObbs, probs);
  }
}
