// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import org.yolotorch.Weights;
import org.yolotorch.internal.PathText;

/** Names of models as users write them. */
final class ModelName {
  private static final String SUFFIX = ".pt";

  private ModelName() {}

  /**
   * The name with the suffix of a checkpoint where it has none and only so names a file or
   * published weights: {@code yolo11n} is {@code yolo11n.pt}.
   */
  static String complete(String name) {
    String last = name.substring(name.lastIndexOf('/') + 1);
    if (last.isEmpty() || last.indexOf('.') >= 0) {
      return name;
    }
    String whole = name + SUFFIX;
    try {
      boolean taken = Files.isRegularFile(PathText.of(name));
      boolean there = Files.exists(PathText.of(whole)) || Weights.names().contains(whole);
      return there && !taken ? whole : name;
    } catch (InvalidPathException e) {
      return name;
    }
  }
}
