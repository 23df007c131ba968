// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.serve.support;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;

/** Models and pictures that are not part of the project. */
public final class Assets {
  private Assets() {}

  /** A file, without which the test is skipped, or fails where CI is set. */
  public static Path get(String name) {
    String folder = System.getenv("YOLOTORCH_ASSETS");
    Path file = Path.of(folder == null ? "../../shared/assets" : folder, name);
    if (!Files.exists(file)) {
      String message = "expected " + file + "; set YOLOTORCH_ASSETS to the folder of the assets";
      if ("true".equals(System.getenv("CI"))) {
        fail(message);
      }
      abort(message);
    }
    // A browser takes no file whose path goes up.
    return file.toAbsolutePath().normalize();
  }
}
