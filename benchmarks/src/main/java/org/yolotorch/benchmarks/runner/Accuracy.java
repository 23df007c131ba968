// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.runner;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.yolotorch.benchmarks.peer.Inputs;
import org.yolotorch.benchmarks.peer.Predictions;

/** Whether what makes predictions faster changes them: a peer of ours against plain LibTorch. */
final class Accuracy {
  private Accuracy() {}

  /** Compares the boxes of every picture of the assets. */
  static Agreement measure(List<String> arguments) throws Exception {
    Arguments options =
        Arguments.of(
            arguments,
            Map.of("model", "yolo11n", "peer", "ours", "base", "ours-0", "threads", "2"));
    List<Path> files = Inputs.files(Main.assets());
    Agreement sum = new Agreement(0, 0, 0, 0);
    try (Predictions ours = open(options, "peer");
        Predictions plain = open(options, "base")) {
      for (Path file : files) {
        sum = sum.plus(Agreement.of(List.of(plain.of(file)), List.of(ours.of(file))));
      }
    }
    System.out.println(
        options.text("model")
            + ", "
            + options.text("peer")
            + " against "
            + options.text("base")
            + ", "
            + files.size()
            + " pictures: "
            + sum);
    return sum;
  }

  private static Predictions open(Arguments options, String key) throws Exception {
    return new Predictions(
        Main.assets(), options.text("model"), options.text(key), options.count("threads"));
  }
}
