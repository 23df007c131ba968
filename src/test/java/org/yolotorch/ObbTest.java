// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yolotorch.support.Results;

class ObbTest {
  private static final double TURN = Math.PI / 180;

  private static Obb obb(double width, double height, double degrees) {
    return Results.obb(0, 0.5f, 100, 50, (float) width, (float) height, degrees * TURN);
  }

  /** Raw box, then width, height and angle by the two other conventions. */
  @ParameterizedTest
  @CsvSource({
    "40, 20,   0,   40, 20,  0,   40, 20,   0",
    "40, 20,  30,   40, 20, 30,   40, 20,  30",
    "40, 20, 100,   20, 40, 10,   40, 20, 100",
    "40, 20, -30,   20, 40, 60,   40, 20, 150",
    "20, 40,  30,   20, 40, 30,   40, 20, 120",
    "20, 40, 100,   40, 20, 10,   40, 20,  10",
    "20, 40, -30,   40, 20, 60,   40, 20,  60",
    "20, 40, 134,   40, 20, 44,   40, 20,  44"
  })
  void conventionsNameTheSameBox(
      double w,
      double h,
      double a,
      float w90,
      float h90,
      double a90,
      float wl,
      float hl,
      double al) {
    Obb obb = obb(w, h, a);
    assertEquals(obb.raw(), obb.xywhr(AngleConvention.RAW));
    Xywhr box = obb.xywhr();
    assertEquals(box, obb.xywhr(AngleConvention.OPENCV90));
    assertEquals(w90, box.width());
    assertEquals(h90, box.height());
    assertEquals(a90 * TURN, box.angle(), 1e-6);
    Xywhr longEdge = obb.xywhr(AngleConvention.LONG_EDGE);
    assertEquals(wl, longEdge.width());
    assertEquals(hl, longEdge.height());
    assertEquals(al * TURN, longEdge.angle(), 1e-6);
  }

  @Test
  void anglesStayInTheirRanges() {
    for (double angle :
        new double[] {-1e-9, -1e-30, -0.0, 0, Math.PI / 2, Math.nextDown(Math.PI / 2), 3, -0.78}) {
      for (float width : new float[] {1, 3}) {
        Obb obb = Results.obb(0, 1, 0, 0, width, 2, angle);
        float right = obb.xywhr().angle();
        assertTrue(right >= 0 && right < Math.PI / 2, angle + " became " + right);
        float half = obb.xywhr(AngleConvention.LONG_EDGE).angle();
        assertTrue(half >= 0 && half < Math.PI, angle + " became " + half);
      }
    }
  }

  @Test
  void cornersGoAroundTheBox() {
    assertEquals(
        List.of(new Xy(120, 60), new Xy(120, 40), new Xy(80, 40), new Xy(80, 60)),
        obb(40, 20, 0).corners());
    assertEquals(
        List.of(new Xy(0.6f, 0.6f), new Xy(0.6f, 0.4f), new Xy(0.4f, 0.4f), new Xy(0.4f, 0.6f)),
        obb(40, 20, 0).xyxyxyxyn());
    assertEquals(new Xyxy(80, 40, 120, 60), obb(40, 20, 0).xyxy());
    Xyxy hull = obb(40, 40, 45).xyxy();
    assertEquals(100 - 20 * Math.sqrt(2), hull.x1(), 1e-4);
    assertEquals(50 + 20 * Math.sqrt(2), hull.y2(), 1e-4);
  }

  /** The corners straight from the raw box, in some order, are those of the default one. */
  @ParameterizedTest
  @ValueSource(ints = {-44, -10, 0, 1, 45, 89, 90, 91, 134})
  void cornersDoNotDependOnTheConvention(int degrees) {
    Obb obb = obb(40, 20, degrees);
    double cos = Math.cos(degrees * TURN);
    double sin = Math.sin(degrees * TURN);
    List<Xy> corners = obb.corners();
    for (int i = 0; i < 4; i++) {
      double along = i < 2 ? 20 : -20;
      double across = i % 2 == 0 ? 10 : -10;
      double x = 100 + along * cos - across * sin;
      double y = 50 + along * sin + across * cos;
      double nearest =
          corners.stream()
              .map(corner -> Math.hypot(corner.x() - x, corner.y() - y))
              .min(Comparator.naturalOrder())
              .orElseThrow();
      assertEquals(0, nearest, 1e-4);
    }
  }

  @Test
  void cornersAreNotClipped() {
    Obb obb = Results.obb(0, 0.5f, 0, 0, 40, 20, 0);
    assertEquals(new Xyxy(-20, -10, 20, 10), obb.xyxy());
    assertEquals("person 0.5 [0.0, 0.0, 40.0, 20.0, 0.0]", obb.toString());
  }
}
