// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.serve;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Writes a picture of the page, for the documentation: MODEL PICTURE OUTPUT.png [WIDTH HEIGHT
 * [light|dark]]. In the folder of the project, after a build of the tests:
 *
 * <pre>{@code
 * java --enable-native-access=ALL-UNNAMED \
 *   -cp serve/target/test-classes:serve/target/classes:$(cat serve/target/launcher.classpath) \
 *   org.yolotorch.serve.PageScreenshot yolo11n-pose.pt docs/astronaut.png docs/serve-page.png
 * }</pre>
 */
final class PageScreenshot {
  private static final int WIDTH = 900;
  private static final int HEIGHT = 580;

  private PageScreenshot() {}

  public static void main(String[] args) throws Exception {
    int width = args.length > 4 ? Integer.parseInt(args[3]) : WIDTH;
    int height = args.length > 4 ? Integer.parseInt(args[4]) : HEIGHT;
    String scheme = args.length > 5 ? args[5] : "light";
    try (YoloServer server = YoloServer.start(ServeOptions.of("model=" + args[0], "port=0"));
        Browser browser = Browser.start()) {
      BrowserPage page = browser.open(width, height);
      page.command(
          "Emulation.setEmulatedMedia",
          Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
      page.go(server.uri());
      page.awaitModels();
      System.out.println(page.told(() -> page.choose("#file", Path.of(args[1]))));
      Files.write(Path.of(args[2]), page.screenshot());
    }
  }
}
