// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.codes.generate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.zxing.BarcodeFormat;
import java.awt.geom.Path2D;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.yolotorch.codes.camera.Light;
import org.yolotorch.codes.camera.Placement;
import org.yolotorch.codes.camera.Pose;
import org.yolotorch.codes.camera.Warp;
import org.yolotorch.codes.cards.Card;
import org.yolotorch.codes.cards.CardDesigner;
import org.yolotorch.codes.picture.Draws;
import org.yolotorch.codes.picture.Picture;
import org.yolotorch.codes.picture.Polygons;
import org.yolotorch.codes.symbols.CodeClass;
import org.yolotorch.codes.symbols.Content;

/** Labels are where the symbols are. */
class LabelTest {
  private static final int SIZE = 400;

  /** A code on white, in a pose, without any effect. */
  private record Shot(Picture picture, Placement code, Pose pose, double size) {}

  private static Shot shoot(CodeClass kind, Pose pose) {
    Card card = new CardDesigner(kind, 200, 120, Draws.of(2, 0, kind.ordinal())).plain();
    Picture picture = new Picture(SIZE, SIZE);
    for (float[] plane : picture.planes) {
      java.util.Arrays.fill(plane, 255);
    }
    Card.Spot spot = card.spots.get(0);
    Pose placed = pose.at(1, SIZE / 2.0, SIZE / 2.0);
    Warp.put(picture, card, placed, Light.none(), spot.centreX(), spot.centreY());
    double[] corners = Card.along(spot.corners(), spot.centreX(), spot.centreY(), 1);
    double[] outline = Card.along(spot.corners(), spot.centreX(), spot.centreY(), 12);
    double[] seen = placed.project(corners);
    double[] around = placed.isBent() ? placed.project(outline) : seen;
    double size = spot.corners()[2] - spot.corners()[0];
    return new Shot(picture, new Placement(spot.content(), seen, around), placed, size);
  }

  private static Pose pose(int number) {
    Draws draws = Draws.of(8, 0, number);
    Pose.Bend bend = number % 3 == 0 ? Pose.Bend.ALONG_X : Pose.Bend.NONE;
    return Pose.of(draws.in(-3, 3), draws.in(0, 0.9), draws.in(-3, 3), 900, bend, 220);
  }

  @ParameterizedTest
  @EnumSource
  void darkModulesLieWithinTheOutline(CodeClass kind) {
    for (int number = 0; number < 8; number++) {
      Shot shot = shoot(kind, pose(number));
      double[] outline = shot.code().outline();
      double[] box = Polygons.bounds(outline);
      Path2D path = path(outline);
      double[] dark = {SIZE, SIZE, 0, 0};
      for (int i = 0; i < SIZE * SIZE; i++) {
        if (shot.picture().planes[0][i] < 100) {
          int x = i % SIZE;
          int y = i / SIZE;
          boolean inside = path.intersects(x, y, 1, 1);
          assertTrue(inside, kind + " " + number + " has ink at " + x + " " + y);
          dark[0] = Math.min(dark[0], x);
          dark[1] = Math.min(dark[1], y);
          dark[2] = Math.max(dark[2], x + 1);
          dark[3] = Math.max(dark[3], y + 1);
        }
      }
      // A corner of a symbol may be light, but a code reaches most of its box.
      double covered = (dark[2] - dark[0]) * (dark[3] - dark[1]);
      assertTrue(covered > 0.8 * (box[2] - box[0]) * (box[3] - box[1]), kind + " " + number);
    }
  }

  private static Path2D path(double[] outline) {
    Path2D path = new Path2D.Double();
    path.moveTo(outline[0], outline[1]);
    for (int i = 2; i < outline.length; i += 2) {
      path.lineTo(outline[i], outline[i + 1]);
    }
    path.closePath();
    return path;
  }

  @Test
  void boxIsTheBoundsOfTheCorners() {
    Placement code = shoot(CodeClass.QR, pose(1)).code();
    double[] bounds = Polygons.bounds(code.corners());
    double[] line = numbers(LabelTask.DETECT, code);
    assertEquals(0, line[0]);
    assertEquals(bounds[0], (line[1] - line[3] / 2) * SIZE, 1e-3);
    assertEquals(bounds[1], (line[2] - line[4] / 2) * SIZE, 1e-3);
    assertEquals(bounds[2], (line[1] + line[3] / 2) * SIZE, 1e-3);
    assertEquals(bounds[3], (line[2] + line[4] / 2) * SIZE, 1e-3);
  }

  @Test
  void cornersKeepTheirOrder() {
    // The corner without a finder pattern is the lower right one, however the symbol is turned.
    for (int number = 0; number < 8; number++) {
      Shot shot = shoot(CodeClass.QR, pose(number));
      for (int corner = 0; corner < 4; corner++) {
        double ink = finder(shot, corner);
        assertEquals(corner != 2, ink > 0.95, number + " corner " + corner + ": " + ink);
      }
    }
  }

  /** Share of dark samples along the outer ring of where a finder pattern would be. */
  private static double finder(Shot shot, int corner) {
    int modules = new CardDesigner(CodeClass.QR, 200, 120, Draws.of(2, 0, 0)).modules();
    int dark = 0;
    for (int i = 0; i < 14; i++) {
      double along = (i % 7 + 0.5) / modules;
      double across = 0.5 / modules;
      double a = i < 7 ? along : across;
      double b = i < 7 ? across : along;
      double u = corner == 1 || corner == 2 ? 1 - a : a;
      double v = corner >= 2 ? 1 - b : b;
      double[] seen =
          shot.pose().project(new double[] {(u - 0.5) * shot.size(), (v - 0.5) * shot.size()});
      int at = (int) seen[1] * SIZE + (int) seen[0];
      dark += shot.picture().luma(at) < 128 ? 1 : 0;
    }
    return dark / 14.0;
  }

  @Test
  void poseHoldsTheCorners() {
    Placement code = shoot(CodeClass.AZTEC, pose(2)).code();
    double[] line = numbers(LabelTask.POSE, code);
    for (int i = 0; i < 4; i++) {
      assertEquals(code.corners()[2 * i], line[5 + 3 * i] * SIZE, 1e-3);
      assertEquals(code.corners()[2 * i + 1], line[6 + 3 * i] * SIZE, 1e-3);
      assertEquals(2, line[7 + 3 * i]);
    }
  }

  @Test
  void whatIsOutsideIsCutOff() {
    double[] corners = {-40, 10, 60, 10, 60, 110, -40, 110};
    Placement code = new Placement(new Content(BarcodeFormat.QR_CODE, ""), corners, corners);
    assertEquals(0.6, code.visible(100, 200), 1e-9);
    assertEquals("0 0.300000 0.300000 0.600000 0.500000\n", lines(LabelTask.DETECT, code));
    assertEquals(
        "0 0.300000 0.300000 0.600000 0.500000 0.000000 0.000000 0 0.600000 0.050000 2"
            + " 0.600000 0.550000 2 0.000000 0.000000 0\n",
        lines(LabelTask.POSE, code));
    double[] obb = LabelTask.OBB.numbers(code, 100, 200);
    assertArrayEquals(new double[] {0, 0.05, 0.6, 0.05, 0.6, 0.55, 0, 0.55}, obb, 1e-9);
  }

  private static String lines(LabelTask task, Placement code) {
    return task.lines(List.of(code), 100, 200);
  }

  private static double[] numbers(LabelTask task, Placement code) {
    String line = task.lines(List.of(code), SIZE, SIZE).strip();
    return Stream.of(line.split(" ")).mapToDouble(Double::parseDouble).toArray();
  }
}
