// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.runner;

import java.nio.file.Path;
import org.yolotorch.Image;
import org.yolotorch.Yolo;

/** The smallest program there is: what {@link ColdStart} starts. */
final class FirstBoxes {
  private FirstBoxes() {}

  /** Arguments: model, picture. */
  public static void main(String[] arguments) {
    try (Yolo model = Yolo.load(Path.of(arguments[0]))) {
      System.out.println(
          ColdStart.BOXES + model.predict(Image.read(Path.of(arguments[1]))).boxes().size());
    }
  }
}
