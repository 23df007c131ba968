// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultTest {
  private static final Map<Integer, String> NAMES = Map.of(0, "person", 5, "bus");

  private static Box box(int id, float conf, float x1, float y1, float x2, float y2) {
    return new Box(id, NAMES.get(id), conf, new Xyxy(x1, y1, x2, y2), 200, 100);
  }

  private static Result result(Box... boxes) {
    Image image = Image.ofBgr(new byte[200 * 100 * 3], 200, 100, null);
    Speed speed = new Speed(1, 2, 3);
    return new Result(image, ImageSize.square(640), NAMES, speed, List.of(boxes), 0);
  }

  @Test
  void summaryCountsByClassAscending() {
    Box bus = box(5, 0.9f, 0, 0, 1, 1);
    Box person = box(0, 0.8f, 0, 0, 1, 1);
    assertEquals("2 persons, 1 bus, ", result(bus, person, person).summary());
    assertEquals("2 buss, ", result(bus, bus).summary());
    assertEquals("(no detections), ", result().summary());
  }

  @Test
  void labelLinesAreNormalisedCentreAndSize() {
    Result result = result(box(5, 0.87654321f, 20, 10, 60, 30), box(0, 0.5f, 0, 0, 200, 100));
    assertEquals("5 0.2 0.2 0.2 0.2\n0 0.5 0.5 1 1\n", result.toText(false));
    assertEquals("5 0.2 0.2 0.2 0.2 0.876543\n0 0.5 0.5 1 1 0.5\n", result.toText(true));
    assertEquals("", result().toText(true));
  }

  @Test
  void boxGivesEveryView() {
    Box box = box(0, 0.5f, 20, 10, 60, 30);
    assertEquals(new Xywh(40, 20, 40, 20), box.xywh());
    assertEquals(new Xyxy(0.1f, 0.1f, 0.3f, 0.3f), box.xyxyn());
    assertEquals(new Xywh(0.2f, 0.2f, 0.2f, 0.2f), box.xywhn());
    assertEquals("person 0.5 [20.0, 10.0, 60.0, 30.0]", box.toString());
  }

  @Test
  void cannotBeChanged() {
    Result result = result(box(0, 0.5f, 0, 0, 1, 1));
    assertThrows(UnsupportedOperationException.class, () -> result.boxes().clear());
    assertTrue(result.source().isEmpty());
    assertEquals(200, result.imageWidth());
    assertEquals(100, result.imageHeight());
  }
}
