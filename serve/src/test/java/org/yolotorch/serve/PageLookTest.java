// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The page on screens of all sizes, in light and dark, by keyboard and for screen readers. */
class PageLookTest extends PageFixture {
  @Test
  void fitsAPhoneAndADesktop() throws Exception {
    selectModel("yolo11n-seg");
    choose(asset("images/bus.jpg"));
    page.command("Emulation.setTouchEmulationEnabled", Map.of("enabled", true));
    page.evaluate("document.querySelectorAll('details').forEach((part) => (part.open = true))");
    page.evaluate("document.getElementById('access').hidden = false");
    for (int[] size : new int[][] {{360, 640, 3}, {1280, 800, 1}, {2560, 1300, 2}}) {
      page.size(size[0], size[1], size[2]);
      JsonNode wide =
          page.evaluate(
              """
              new Promise((done) => requestAnimationFrame(() => done({
                window: innerWidth,
                page: document.documentElement.scrollWidth,
                wider: [...document.body.querySelectorAll("*")]
                  .filter((part) => part.getBoundingClientRect().right > innerWidth)
                  .map((part) => part.outerHTML.slice(0, 80)),
              })))""");
      assertEquals(size[0], wide.get("window").asInt());
      assertTrue(wide.get("page").asInt() <= size[0], wide::toString);
      assertEquals(0, wide.get("wider").size(), wide::toString);
      // The drawing has a dot for each dot of the screen.
      assertEquals(
          size[2],
          page.evaluate(
                  "(c => c.width / c.getBoundingClientRect().width)"
                      + "(document.getElementById('canvas'))")
              .asDouble(),
          0.01);
    }
    assertNoErrors();
  }

  @Test
  void isUsableByKeyboardAndScreenReader() throws Exception {
    selectModel("yolo11n");
    choose(asset("images/bus.jpg"));
    List<String> reached = new ArrayList<>();
    page.evaluate("document.activeElement.blur()");
    for (int i = 0; i < 5; i++) {
      page.pressTab();
      reached.add(
          page.evaluate("document.activeElement.id || document.activeElement.tagName").asText());
    }
    assertEquals(List.of("model", "version", "conf", "file", "BUTTON"), reached);
    List<String> controls =
        List.of("combobox", "slider", "button", "textbox", "image", "canvas", "DisclosureTriangle");
    int named = 0;
    for (JsonNode node : page.command("Accessibility.getFullAXTree", Map.of()).get("nodes")) {
      if (!node.path("ignored").asBoolean() && controls.contains(node.at("/role/value").asText())) {
        assertNotEquals("", node.at("/name/value").asText(), node::toString);
        named++;
      }
    }
    assertTrue(named >= 10, "only " + named);
  }

  @Test
  void isReadableInBothSchemes() throws Exception {
    List<String> grounds = new ArrayList<>();
    for (String scheme : List.of("light", "dark")) {
      page.command(
          "Emulation.setEmulatedMedia",
          Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
      grounds.add(style("body", "backgroundColor"));
      String card = style(".picture", "backgroundColor");
      assertReadable(style("h1", "color"), style("body", "backgroundColor"));
      assertReadable(style("#status", "color"), card);
      assertReadable(style(".hint", "color"), card);
      assertReadable(style("#problem", "color"), card);
      assertReadable(style(".button", "color"), style(".button", "backgroundColor"));
    }
    assertNotEquals(grounds.get(0), grounds.get(1));
  }

  private String style(String selector, String property) throws Exception {
    return page.evaluate("getComputedStyle(document.querySelector('" + selector + "'))." + property)
        .asText();
  }

  /** The contrast that the Web Content Accessibility Guidelines ask for. */
  private static void assertReadable(String text, String ground) {
    double first = luminance(text);
    double second = luminance(ground);
    double contrast = (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05);
    assertTrue(contrast >= 4.5, text + " on " + ground + " has a contrast of " + contrast);
  }

  private static double luminance(String rgb) {
    String[] parts = rgb.replaceAll("[^0-9,]", "").split(",");
    double[] weights = {0.2126, 0.7152, 0.0722};
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      double part = Integer.parseInt(parts[i]) / 255.0;
      sum += weights[i] * (part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4));
    }
    return sum;
  }
}
