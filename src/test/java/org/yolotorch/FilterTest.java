// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.yolotorch.support.Results.box;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.yolotorch.support.Results;

/** Parts of results, and their numbers in arrays. */
class FilterTest {
  private static final Box PERSON = box(0, 0.9f, 0, 0, 40, 40);
  private static final Box BUS = box(5, 0.6f, 20, 10, 60, 30);
  private static final Box TRAIN = box(6, 0.3f, 100, 10, 120, 30);
  private static final Mask PART = Results.mask(false, 20, 10, 3, 2);
  private static final Mask WHOLE = Results.mask(false, 0, 0, 4, 4);
  private static final Mask OTHER = Results.mask(false, 100, 10, 5, 5);
  private static final Result MASKS =
      Results.segment(List.of(PERSON, BUS, TRAIN), List.of(WHOLE, PART, OTHER));

  @Test
  void whatBelongsTogetherStaysTogether() {
    Result some = MASKS.filter(object -> object.xyxy().x1() >= 20);
    assertEquals(List.of(BUS, TRAIN), some.boxes());
    assertEquals(List.of(PART, OTHER), some.masks());
    assertEquals(MASKS.speed(), some.speed());
    assertEquals(MASKS.image(), some.image());
    Keypoints first = Results.keypoints(1, 2, 1);
    Keypoints second = Results.keypoints(3, 4, 1);
    Result pose = Results.pose(List.of(PERSON, BUS), List.of(first, second)).filterClasses(5);
    assertEquals(List.of(BUS), pose.boxes());
    assertEquals(List.of(second), pose.keypoints());
    Obb high = Results.obb(6, 0.8f, 50, 50, 20, 10, 1);
    Obb low = Results.obb(5, 0.2f, 50, 50, 20, 10, 1);
    assertEquals(List.of(high), Results.obb(high, low).filterConfidence(0.5).obbs());
    Result classes = Results.classify(Map.of(0, "fig"), 0.25f);
    assertEquals(classes.probs(), classes.filter(object -> false).probs());
  }

  @Test
  void classesAreGivenByIdOrName() {
    assertEquals(List.of(PERSON, TRAIN), MASKS.filterClasses(6, 0, 77).boxes());
    assertEquals(List.of(), MASKS.filterClasses().boxes());
    assertEquals(List.of(PERSON, TRAIN), MASKS.filterClasses("train", "person").boxes());
    YoloException.InvalidArgument error =
        assertThrows(
            YoloException.InvalidArgument.class, () -> MASKS.filterClasses("bus", "Trian"));
    assertEquals(
        "classes must name classes of the model, but none of its 3 is called 'Trian'; the nearest"
            + " are 'train'.",
        error.getMessage());
  }

  @Test
  void confidenceMustBeGreater() {
    assertEquals(List.of(PERSON), MASKS.filterConfidence(0.6f).boxes());
    assertEquals(3, MASKS.filterConfidence(0).boxes().size());
    assertThrows(YoloException.InvalidArgument.class, () -> MASKS.filterConfidence(Double.NaN));
  }

  @Test
  void boxesHaveSidesAndOverlap() {
    Xyxy a = new Xyxy(0, 0, 40, 20);
    assertEquals(40, a.width());
    assertEquals(20, a.height());
    assertEquals(800, a.area());
    assertEquals(1, a.iou(a));
    assertEquals(200.0 / 1400, a.iou(new Xyxy(30, 0, 70, 20)), 1e-12);
    assertEquals(0, a.iou(new Xyxy(40, 0, 60, 20)));
    assertEquals(0, a.iou(new Xyxy(50, 30, 60, 40)));
    assertEquals(0, a.iou(new Xyxy(10, 10, 10, 10)));
    Xyxy swapped = new Xyxy(40, 20, 0, 0);
    assertEquals(0, swapped.area());
    assertEquals(0, swapped.iou(a));
    Random random = new Random(3);
    for (int i = 0; i < 1000; i++) {
      Xyxy b = any(random);
      Xyxy c = any(random);
      assertEquals(b.iou(c), c.iou(b));
      assertTrue(b.iou(c) >= 0 && b.iou(c) <= 1, b + " " + c);
    }
  }

  private static Xyxy any(Random random) {
    float x = random.nextInt(20);
    float y = random.nextInt(20);
    return new Xyxy(x, y, x + random.nextInt(20), y + random.nextInt(20));
  }

  @Test
  void arraysHoldARowPerObject() {
    assertArrayEquals(
        new float[] {0, 0, 40, 40, 0.9f, 0, 20, 10, 60, 30, 0.6f, 5, 100, 10, 120, 30, 0.3f, 6},
        MASKS.arrays().boxes());
    Obb obb = Results.obb(6, 0.5f, 100, 50, 40, 20, Math.PI / 2);
    assertArrayEquals(
        new float[] {100, 50, 20, 40, 0, 0.5f, 6}, Results.obb(obb).arrays().obbs(), 1e-6f);
    Keypoints points = Results.keypoints(1, 2, 0.5f, 3, 4, Float.NaN);
    Result pose = Results.pose(List.of(PERSON, BUS), List.of(points, points));
    assertArrayEquals(
        new float[] {1, 2, 0.5f, 3, 4, Float.NaN, 1, 2, 0.5f, 3, 4, Float.NaN},
        pose.arrays().keypoints());
    float[] masks = MASKS.arrays().masks();
    int pixels = Results.WIDTH * Results.HEIGHT;
    assertEquals(3 * pixels, masks.length);
    for (int i = 0; i < masks.length; i++) {
      int at = i % pixels;
      boolean inside = MASKS.masks().get(i / pixels).get(at % Results.WIDTH, at / Results.WIDTH);
      assertEquals(inside ? 1 : 0, masks[i]);
    }
    ResultArrays none = Results.detect().arrays();
    assertEquals(
        0,
        none.boxes().length + none.obbs().length + none.keypoints().length + none.masks().length);
  }

  @Test
  void theMostProbableClassHasAName() {
    assertEquals(
        "fig", Results.classify(Map.of(0, "plum", 1, "fig"), 0.2f, 0.8f).probs().get().top1Label());
  }
}
