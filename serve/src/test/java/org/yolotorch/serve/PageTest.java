// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.Color;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** What the page draws and tells, in a browser. */
class PageTest extends PageFixture {
  @Test
  void drawsBoxesAndListsWhatWasFound() throws Exception {
    selectModel("yolo11n");
    assertEquals("5 objects in bus.jpg: 1 bus, 4 person.", choose(asset("images/bus.jpg")));
    assertEquals("5 objects in bus.jpg: 1 bus, 4 person.", label("canvas"));
    JsonNode found = predictions();
    assertEquals(5, found.size());
    assertEquals(5, page.evaluate("document.querySelectorAll('#objects li').length").asInt());
    assertEquals("bus0.94", page.text("#objects li"));
    assertEquals(
        "rgb(4, 42, 255)",
        page.evaluate("getComputedStyle(document.querySelectorAll('.swatch')[1]).backgroundColor")
            .asText());
    assertEquals(
        List.of("preprocess", "inference", "postprocess", "whole round trip"),
        page.texts("#times th"));
    JsonNode box = found.get(1).get("box");
    double x = box.get("x1").asDouble();
    double y = (box.get("y1").asDouble() + box.get("y2").asDouble()) / 2;
    press(1);
    assertNear(PERSON, pixel(x, y), 3);
    press(0);
    assertNotEquals(PERSON, pixel(x, y));
    assertNoErrors();
  }

  @Test
  void drawsMasks() throws Exception {
    selectModel("yolo11n-seg");
    assertTrue(choose(asset("images/bus.jpg")).endsWith("4 person, 1 bus."));
    JsonNode found = predictions();
    assertEquals("person", found.get(0).get("name").asText());
    JsonNode box = found.get(0).get("box");
    double x = (box.get("x1").asDouble() + box.get("x2").asDouble()) / 2;
    double y = (box.get("y1").asDouble() + box.get("y2").asDouble()) / 2;
    press(0);
    Color covered = pixel(x, y);
    // Another person far from the first.
    press(1);
    Color bare = pixel(x, y);
    Color mixed =
        new Color(
            (int) (0.45 * PERSON.getRed() + 0.55 * bare.getRed()),
            (int) (0.45 * PERSON.getGreen() + 0.55 * bare.getGreen()),
            (int) (0.45 * PERSON.getBlue() + 0.55 * bare.getBlue()));
    assertNear(mixed, covered, 3);
    assertNoErrors();
  }

  @Test
  void drawsKeypoints() throws Exception {
    selectModel("yolo11n-pose");
    assertTrue(choose(asset("images/bus.jpg")).endsWith(" person."));
    JsonNode points = predictions().get(0).get("keypoints");
    assertEquals(17, points.get("x").size());
    press(0);
    // An ankle, and the shin half way to the knee.
    assertTrue(points.get("visible").get(15).asDouble() > 0.9);
    double ankleX = points.get("x").get(15).asDouble();
    double ankleY = points.get("y").get(15).asDouble();
    assertNear(PERSON, pixel(ankleX, ankleY), 3);
    double shinX = (ankleX + points.get("x").get(13).asDouble()) / 2;
    double shinY = (ankleY + points.get("y").get(13).asDouble()) / 2;
    assertNear(new Color(0xFF, 0x99, 0x33), pixel(shinX, shinY), 3);
    press(1);
    assertNotEquals(PERSON, pixel(ankleX, ankleY));
    assertNoErrors();
  }

  @Test
  void drawsRotatedBoxes() throws Exception {
    Path picture = asset("images/shapes-obb/0000.jpg");
    width = ImageIO.read(picture.toFile()).getWidth();
    selectModel("shapes-obb-nms");
    choose(picture);
    int rotated = 0;
    JsonNode all = predictions();
    for (int i = 0; i < all.size(); i++) {
      JsonNode box = all.get(i).get("box");
      double x1 = box.get("x1").asDouble();
      double y1 = box.get("y1").asDouble();
      double x2 = box.get("x2").asDouble();
      double y2 = box.get("y2").asDouble();
      if (Math.abs(x1 - x2) > 3 && Math.abs(y1 - y2) > 3) {
        rotated++;
        String swatch =
            "getComputedStyle(document.querySelectorAll('.swatch')[" + i + "]).backgroundColor";
        String[] rgb = page.evaluate(swatch).asText().replaceAll("[^0-9,]", "").split(",");
        Color ink =
            new Color(Integer.parseInt(rgb[0]), Integer.parseInt(rgb[1]), Integer.parseInt(rgb[2]));
        press(i);
        double x3 = box.get("x3").asDouble();
        double y3 = box.get("y3").asDouble();
        assertNear(ink, pixel((x2 + x3) / 2, (y2 + y3) / 2), 3);
      }
    }
    assertTrue(rotated > 0, all::toString);
    assertNoErrors();
  }

  @Test
  void tellsTheClassOfAWholePicture() throws Exception {
    selectModel("yolo11n-cls");
    assertEquals("bus.jpg: minibus (0.58).", choose(asset("images/bus.jpg")));
    assertFalse(page.evaluate("document.getElementById('canvas').hidden").asBoolean());
    assertNoErrors();
  }

  @Test
  void asksAgainWhenASettingChanges() throws Exception {
    selectModel("yolo11n");
    choose(asset("images/bus.jpg"));
    assertEquals("2 objects in bus.jpg: 1 bus, 1 person.", page.told(() -> set("conf", "0.9")));
    assertEquals("0.90", page.evaluate("document.getElementById('conf-value').value").asText());
    assertEquals("No objects in bus.jpg.", page.told(() -> set("conf", "0.95")));
    page.told(() -> set("conf", "0.25"));
    assertEquals("bus.jpg: minibus (0.58).", page.told(() -> selectModel("yolo11n-cls")));
    assertEquals("bus.jpg: minibus (0.58).", page.told(() -> set("version", "1")));
    String last = page.requests().get(page.requests().size() - 1);
    assertTrue(last.endsWith("/v2/models/yolo11n-cls/versions/1/infer?conf=0.25"), last);
    assertTrue(page.text("#curl").contains(last), page.text("#curl"));
    assertNoErrors();
  }
}
