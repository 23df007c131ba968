// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.val;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.yolotorch.Keypoints;
import org.yolotorch.Result;
import org.yolotorch.internal.data.Label;
import org.yolotorch.internal.data.LabelBox;
import org.yolotorch.support.Results;

class OverlapsTest {
  private static final double W = Results.WIDTH;
  private static final double H = Results.HEIGHT;

  private static Overlaps of(Label... labels) {
    return new Overlaps(List.of(labels), Results.WIDTH, Results.HEIGHT);
  }

  private static Label label(double[] points, double x1, double y1, double x2, double y2) {
    return new Label(0, new LabelBox(x1 / W, y1 / H, x2 / W, y2 / H), points);
  }

  private static double[] normalised(double... points) {
    double[] all = points.clone();
    for (int i = 0; i < all.length; i++) {
      all[i] /= i % 2 == 0 ? W : H;
    }
    return all;
  }

  @Test
  void boxes() {
    double[][] overlap =
        of(label(new double[0], 0, 0, 20, 20), label(new double[0], 50, 50, 50, 60))
            .boxes(
                List.of(
                    Results.box(0, 1, 10, 0, 30, 20),
                    Results.box(0, 1, 20, 0, 30, 20),
                    // Beyond the picture: measured as it is, not clipped.
                    Results.box(0, 1, -20, 0, 20, 20)));
    assertEquals(200.0 / 600, overlap[0][0], 1e-12);
    assertEquals(0, overlap[0][1]);
    assertEquals(0.5, overlap[0][2], 1e-12);
    assertEquals(0, overlap[1][0]);
  }

  @Test
  void rotatedBoxesOfAnyCornerOrder() {
    double cos = Math.cos(0.5);
    double sin = Math.sin(0.5);
    double[] corners = new double[8];
    double[][] signs = {{1, -1}, {1, 1}, {-1, 1}, {-1, -1}};
    for (int i = 0; i < 4; i++) {
      double u = 30 * signs[i][0];
      double v = 10 * signs[i][1];
      corners[2 * i] = 100 + u * cos - v * sin;
      corners[2 * i + 1] = 50 + u * sin + v * cos;
    }
    Gaussian exact = Gaussian.of(100, 50, 60, 20, 0.5);
    Gaussian around = Gaussian.around(corners);
    assertEquals(exact.a(), around.a(), 1e-9);
    assertEquals(exact.b(), around.b(), 1e-9);
    assertEquals(exact.c(), around.c(), 1e-9);
    double[][] overlap =
        of(label(normalised(corners), 0, 0, 0, 0))
            .rotated(
                List.of(
                    Results.obb(0, 1, 100, 50, 60, 20, 0.5),
                    Results.obb(0, 1, 100, 50, 20, 60, 0.5 + Math.PI / 2),
                    Results.obb(0, 1, 100, 50, 60, 20, 0.5 + Math.PI / 2),
                    Results.obb(0, 1, 900, 50, 60, 20, 0.5)));
    assertEquals(1, overlap[0][0], 1e-3);
    assertEquals(1, overlap[0][1], 1e-3);
    // Two Gaussians of variances 300 and 100/3, crossed: det of the sum 333.3^2.
    double distance = 0.5 * Math.log((1000 / 3.0) * (1000 / 3.0) / (4 * 300 * 100 / 3.0));
    assertEquals(1 - Math.sqrt(1 - Math.exp(-distance)), overlap[0][2], 1e-5);
    assertEquals(0, overlap[0][3], 1e-5);
    // A label drawn as one point.
    assertTrue(Double.isFinite(Gaussian.around(new double[8]).overlap(exact)));
  }

  @Test
  void keypoints() {
    double[] points = new double[17 * 3];
    for (int k = 0; k < 17; k++) {
      points[3 * k] = 50 / W;
      points[3 * k + 1] = 50 / H;
    }
    points[2] = 2;
    points[3 * 16 + 2] = 1;
    float[] found = new float[17 * 3];
    for (int k = 0; k < 17; k++) {
      found[3 * k] = 50;
      found[3 * k + 1] = 50;
    }
    found[0] = 53;
    found[1] = 54;
    found[30] = 180; // of a point that is not labelled
    Keypoints pose = Results.keypoints(found);
    double similarity = of(label(points, 0, 0, 40, 50)).keypoints(List.of(pose))[0][0];
    // Area 2000 x 0.53; the nose is 5 px off, the right ankle right.
    double nose = Math.exp(-25 / (2 * Math.pow(2 * 0.026, 2) * 1060));
    assertEquals((nose + 1) / 2, similarity, 1e-6);
    double one =
        of(label(new double[] {0.25, 0.5, 1}, 0, 0, 40, 50))
            .keypoints(List.of(Results.keypoints(80, 50, 1)))[0][0];
    assertEquals(Math.exp(-900 / (8 * 1060.0)), one, 1e-6);
    assertEquals(
        0,
        of(label(new double[] {0.25, 0.5, 0}, 0, 0, 40, 50))
            .keypoints(List.of(Results.keypoints(50, 50, 1)))[0][0]);
  }

  @Test
  void masksInThePicture() {
    Result result =
        Results.segment(
            List.of(Results.box(0, 1, 10, 10, 30, 30)),
            List.of(Results.mask(false, 10, 10, 21, 21)));
    Label large = label(normalised(10, 10, 30, 10, 30, 30, 10, 30), 10, 10, 30, 30);
    Label small = label(normalised(10, 10, 20, 10, 20, 30, 10, 30), 10, 10, 20, 30);
    List<PixelSet> sets = LabelMasks.ofPicture(List.of(large, small), result);
    // The border belongs to the object; the smaller one takes its pixels from the larger.
    assertEquals(11 * 21, sets.get(1).count());
    assertEquals(10 * 21, sets.get(0).count());
    PixelSet found = PixelSet.of(result.masks().get(0));
    assertEquals(21 * 21, found.count());
    assertEquals(11.0 / 21, sets.get(1).overlap(found), 1e-12);
    double[][] overlap = of(large, small).masks(sets, List.of(found));
    assertEquals(10.0 / 21, overlap[0][0], 1e-12);
  }

  @Test
  void masksInAQuarterOfTheInput() {
    // The picture, 200 x 100, fills 64 x 32 of the input below 16 grey rows: 16 x 8 of 16 x 16.
    Result result = Results.segment(List.of(), List.of());
    Label whole = label(normalised(0, 0, 200, 0, 200, 100, 0, 100), 0, 0, 200, 100);
    assertEquals(16 * 8, LabelMasks.ofQuarter(List.of(whole), result, 0).get(0).count());
    Label left = label(normalised(0, 0, 100, 0, 100, 100, 0, 100), 0, 0, 100, 100);
    // Columns 0 to 32 of the input: of the four middle pixels of the ninth cell none.
    assertEquals(8 * 8, LabelMasks.ofQuarter(List.of(left), result, 0).get(0).count());
    // Scaled into a square of 32 it fills 32 x 16 in the middle of the input: 8 x 4 cells.
    PixelSet inside = LabelMasks.ofQuarter(List.of(whole), result, 32).get(0);
    assertEquals(8 * 4, inside.count());
    inside.remove(PixelSet.of(new double[] {4, 6, 11, 6, 11, 9, 4, 9}, 16, 16));
    assertEquals(0, inside.count(), "in the middle");
    PixelSet empty = PixelSet.of(new double[0], 16, 16);
    assertEquals(0, empty.overlap(empty));
  }
}
