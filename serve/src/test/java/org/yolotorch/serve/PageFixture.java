// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.Color;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.yolotorch.serve.support.Assets;

/** A browser with the page of a server that has a model for each task. */
abstract class PageFixture {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The colour of persons. */
  static final Color PERSON = new Color(4, 42, 255);

  static Browser browser;
  static YoloServer server;

  BrowserPage page;

  /** Width of the picture in pixels, for {@link #pixel}. */
  int width = 810;

  @TempDir Path folder;

  @BeforeAll
  static void start() throws Exception {
    List<String> settings = new ArrayList<>(List.of("port=0"));
    for (String model :
        List.of(
            "exported/yolo11n.torchscript",
            "exported/yolo11n-seg.torchscript",
            "exported/yolo11n-cls.torchscript",
            "exported/shapes-obb-nms.torchscript",
            "weights/yolo11n-pose.pt")) {
      settings.add("model=" + asset(model));
    }
    browser = Browser.start();
    server = YoloServer.start(ServeOptions.of(settings));
  }

  @AfterAll
  static void stop() throws Exception {
    // The browser first: the server waits for its clients.
    if (browser != null) {
      browser.close();
    }
    if (server != null) {
      server.close();
    }
    browser = null;
    server = null;
  }

  static Path asset(String path) {
    return Assets.get(path);
  }

  @BeforeEach
  void open() throws Exception {
    page = browser.open(1200, 900);
    page.go(server.uri());
    page.awaitModels();
  }

  @AfterEach
  void close() throws Exception {
    page.close();
  }

  /** What the page tells about a picture that is chosen. */
  String choose(Path file) throws Exception {
    return page.told(() -> page.choose("#file", file));
  }

  void selectModel(String name) throws Exception {
    set("model", name);
  }

  /** Sets a field as a user does. */
  void set(String id, String value) throws Exception {
    page.evaluate(
        """
        ((field) => {
          field.value = "%s";
          field.dispatchEvent(new Event("input"));
          field.dispatchEvent(new Event("change"));
        })(document.getElementById("%s"))"""
            .formatted(value, id));
  }

  /** The objects in the JSON text that the page shows. */
  JsonNode predictions() throws Exception {
    return JSON.readTree(page.text("#json")).get("predictions");
  }

  /** Shows one object of the list alone, or all again. */
  void press(int object) throws Exception {
    page.evaluate("document.querySelectorAll('#objects button')[" + object + "].click()");
  }

  /** The colour of the canvas at a place of the picture. */
  Color pixel(double x, double y) throws Exception {
    JsonNode rgb =
        page.evaluate(
            """
            ((canvas, width) => {
              const scale = canvas.width / width;
              const [x, y] = [%s, %s].map((value) => Math.round(value * scale - 0.5));
              const dot = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
              dot.drawImage(canvas, x, y, 1, 1, 0, 0, 1, 1);
              return [...dot.getImageData(0, 0, 1, 1).data];
            })(document.getElementById("canvas"), %d)"""
                .formatted(x, y, width));
    return new Color(rgb.get(0).asInt(), rgb.get(1).asInt(), rgb.get(2).asInt());
  }

  static void assertNear(Color expected, Color actual, int tolerance) {
    boolean near =
        Math.abs(expected.getRed() - actual.getRed()) <= tolerance
            && Math.abs(expected.getGreen() - actual.getGreen()) <= tolerance
            && Math.abs(expected.getBlue() - actual.getBlue()) <= tolerance;
    assertTrue(near, () -> expected + " expected, but was " + actual);
  }

  /** The console has shown nothing wrong, and only the own server was asked. */
  void assertNoErrors() {
    assertEquals(List.of(), page.errors());
    for (String request : page.requests()) {
      URI address = URI.create(request.startsWith("data:") ? "data:x" : request);
      boolean own = server.uri().getAuthority().equals(address.getAuthority());
      assertTrue(own || "data".equals(address.getScheme()), request);
    }
    assertTrue(page.requests().stream().anyMatch(request -> request.contains("/infer")));
  }

  /** What a screen reader says of an element. */
  String label(String id) throws Exception {
    return page.evaluate("document.getElementById('" + id + "').getAttribute('aria-label')")
        .asText();
  }
}
