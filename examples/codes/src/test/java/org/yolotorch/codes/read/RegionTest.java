// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.codes.read;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.yolotorch.Keypoint;
import org.yolotorch.Keypoints;
import org.yolotorch.Obb;
import org.yolotorch.Xywhr;
import org.yolotorch.Xyxy;

/** What models tell of places. */
class RegionTest {
  private static final Xyxy BOX = new Xyxy(10, 20, 50, 60);

  @Test
  void pointsAreTheCornersOfASymbol() {
    Region region = Region.of(BOX, points(0.9f, 12, 20, 50, 30, 45, 60, 10, 55));
    assertTrue(region.fitting());
    assertArrayEquals(new double[] {12, 20, 50, 30, 45, 60, 10, 55}, region.corners());
    // A mirrored symbol.
    assertTrue(Region.of(BOX, points(0.9f, 50, 30, 12, 20, 10, 55, 45, 60)).fitting());
  }

  @Test
  void pointsThatCannotBeCornersAreNotUsed() {
    assertFalse(Region.of(BOX, points(0.1f, 12, 20, 50, 30, 45, 60, 10, 55)).fitting());
    assertFalse(Region.of(BOX, points(0.9f, 12, 20, 45, 60, 50, 30, 10, 55)).fitting());
    assertFalse(Region.of(BOX, points(0.9f, 12, 20, 50, 30, 45, 60)).fitting());
    assertFalse(Region.of(BOX, points(0.9f, 12, 20, 12, 20, 12, 20, 12, 20)).fitting());
    assertArrayEquals(new double[] {10, 20, 50, 60}, Region.of(BOX, points(0.1f)).bounds());
  }

  @Test
  void rotatedBoxesKeepTheirAngle() {
    Xywhr box = new Xywhr(50, 50, 40, 20, (float) (Math.PI / 6));
    Region region = Region.of(new Obb(0, "qr", 0.5f, box, 100, 100));
    assertTrue(region.fitting());
    double[] sides = region.sides();
    java.util.Arrays.sort(sides);
    assertArrayEquals(new double[] {20, 40}, sides, 1e-4);
  }

  @Test
  void aTurnedRectangleHoldsTheBox() {
    double[] corners = Region.of(BOX).turned(Math.PI / 4).corners();
    assertArrayEquals(new double[] {30, 0, 70, 40, 30, 80, -10, 40}, corners, 1e-9);
    double[] bounds = Region.of(BOX).square(0.3).bounds();
    assertArrayEquals(new double[] {10, 20, 50, 60}, bounds, 1e-5);
  }

  private static Keypoints points(float visibility, float... numbers) {
    List<Keypoint> points = new ArrayList<>();
    for (int i = 0; i < numbers.length; i += 2) {
      points.add(new Keypoint(numbers[i], numbers[i + 1], visibility));
    }
    return new Keypoints(points, 100, 100);
  }
}
