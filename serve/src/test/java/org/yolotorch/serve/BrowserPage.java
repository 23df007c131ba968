// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.serve;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** A window of a {@link Browser}. */
final class BrowserPage {
  private final Browser browser;
  private final String session;
  private final CompletableFuture<Void> loaded = new CompletableFuture<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<String> errors = new CopyOnWriteArrayList<>();

  BrowserPage(Browser browser, String session) {
    this.browser = browser;
    this.session = session;
  }

  void prepare(int width, int height) throws Exception {
    for (String domain : List.of("Page", "Runtime", "Network", "Log", "DOM", "Accessibility")) {
      command(domain + ".enable", Map.of());
    }
    size(width, height, 1);
  }

  JsonNode command(String method, Map<String, ?> parameters) throws Exception {
    return browser.send(method, parameters, session).get();
  }

  /** Changes the size of the window, and how many dots a pixel has each way. */
  void size(int width, int height, int dots) throws Exception {
    command(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", dots, "mobile", false));
  }

  /** Opens an address, and waits until all that it names is loaded. */
  void go(URI address) throws Exception {
    command("Page.navigate", Map.of("url", address.toString()));
    loaded.get();
  }

  void happened(String event, JsonNode what) {
    switch (event) {
      case "Page.loadEventFired" -> loaded.complete(null);
      case "Network.requestWillBeSent" -> requests.add(what.at("/request/url").asText());
      case "Runtime.exceptionThrown" -> errors.add(what.toString());
      case "Runtime.consoleAPICalled" -> {
        if (List.of("error", "warning", "assert").contains(what.path("type").asText())) {
          errors.add(what.toString());
        }
      }
      case "Log.entryAdded" -> {
        if (List.of("error", "warning").contains(what.at("/entry/level").asText())) {
          errors.add(what.toString());
        }
      }
      default -> {
        // Of no interest.
      }
    }
  }

  /** Addresses of all requests that the page has made. */
  List<String> requests() {
    return requests;
  }

  /** What the console shows as an error or a warning. */
  List<String> errors() {
    return errors;
  }

  /** Begins to evaluate an expression of JavaScript; a promise that it gives is awaited. */
  CompletableFuture<JsonNode> begin(String expression) {
    return browser
        .send(
            "Runtime.evaluate",
            Map.of(
                "expression",
                expression,
                "awaitPromise",
                true,
                "returnByValue",
                true,
                "userGesture",
                true),
            session)
        .thenApply(
            answer -> {
              if (answer.has("exceptionDetails")) {
                throw new IllegalStateException(answer.get("exceptionDetails").toString());
              }
              return answer.at("/result/value");
            });
  }

  /** The value of an expression of JavaScript. */
  JsonNode evaluate(String expression) throws Exception {
    return begin(expression).get();
  }

  /** The text of the element that a CSS selector finds. */
  String text(String selector) throws Exception {
    return evaluate("document.querySelector('" + selector + "').textContent").asText();
  }

  /** The texts of all elements that a CSS selector finds. */
  List<String> texts(String selector) throws Exception {
    List<String> texts = new ArrayList<>();
    evaluate("[...document.querySelectorAll('" + selector + "')].map((e) => e.textContent)")
        .forEach(text -> texts.add(text.asText()));
    return texts;
  }

  /** Puts a file into an input as a user who chooses it. */
  void choose(String selector, Path file) throws Exception {
    JsonNode document = command("DOM.getDocument", Map.of());
    JsonNode found =
        command(
            "DOM.querySelector",
            Map.of("nodeId", document.at("/root/nodeId").asInt(), "selector", selector));
    command(
        "DOM.setFileInputFiles",
        Map.of(
            "nodeId",
            found.get("nodeId").asInt(),
            "files",
            List.of(file.toAbsolutePath().toString())));
  }

  /** Waits until the page offers models. */
  void awaitModels() throws Exception {
    evaluate(
        """
        new Promise((done) => {
          const model = document.getElementById("model");
          const look = () => model.options.length && done(true);
          new MutationObserver(look).observe(model, { childList: true });
          look();
        })""");
  }

  /** Something that a user does. */
  interface Action {
    void run() throws Exception;
  }

  /** What the page tells when the answer to an action has come. */
  String told(Action action) throws Exception {
    CompletableFuture<JsonNode> told =
        begin(
            """
            new Promise((done) => {
              const status = document.getElementById("status");
              const look = () => status.textContent.startsWith("Asking")
                  || done(status.textContent);
              new MutationObserver(look).observe(status, { childList: true });
            })""");
    action.run();
    return told.get().asText();
  }

  /** Drops a file at a place of the window. */
  void drop(Path file, int x, int y) throws Exception {
    Map<String, ?> data =
        Map.of(
            "items",
            List.of(),
            "files",
            List.of(file.toAbsolutePath().toString()),
            "dragOperationsMask",
            1);
    for (String type : List.of("dragEnter", "dragOver", "drop")) {
      command("Input.dispatchDragEvent", Map.of("type", type, "x", x, "y", y, "data", data));
    }
  }

  /** Presses and releases the tabulator. */
  void pressTab() throws Exception {
    for (String type : List.of("keyDown", "keyUp")) {
      command(
          "Input.dispatchKeyEvent",
          Map.of("type", type, "key", "Tab", "code", "Tab", "windowsVirtualKeyCode", 9));
    }
  }

  /** What is seen, as PNG. */
  byte[] screenshot() throws Exception {
    JsonNode taken = command("Page.captureScreenshot", Map.of("format", "png"));
    return Base64.getDecoder().decode(taken.get("data").asText());
  }

  void close() throws Exception {
    command("Page.close", Map.of());
  }
}
