// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.support;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.yolotorch.internal.text.LabelNumber;

/**
 * Finds models and pictures that are no part of the project: the folder named by YOLOTORCH_ASSETS,
 * else ../shared/assets. Without them a test is skipped, but fails where CI=true.
 */
public final class Assets {
  private Assets() {}

  /** The asset at this path within the folder. */
  public static Path get(String path) {
    return find(path);
  }

  /** A reported input at this path within the folder "cases" beside the assets. */
  public static Path cases(String path) {
    return find("../cases/" + path);
  }

  private static Path find(String path) {
    String folder = System.getenv("YOLOTORCH_ASSETS");
    Path file = Path.of(folder == null ? "../shared/assets" : folder).resolve(path);
    if (!Files.exists(file)) {
      String message =
          "The test needs " + file + "; set YOLOTORCH_ASSETS to the folder of test assets.";
      if ("true".equals(System.getenv("CI"))) {
        Assertions.fail(message);
      }
      Assumptions.abort(message);
    }
    return file.toAbsolutePath().normalize();
  }

  /** A picture named by its file name alone. */
  public static Path picture(String name) {
    Path images = get("images");
    for (String folder : new String[] {"", "coco128", "shapes-obb"}) {
      Path file = images.resolve(folder).resolve(name);
      if (Files.exists(file)) {
        return file;
      }
    }
    return get("images/" + name);
  }

  /** Prints a number for the record. */
  public static void figure(String name, double value, String unit) {
    System.out.println("FIGURE " + name + "=" + LabelNumber.format(value) + " " + unit);
  }
}
