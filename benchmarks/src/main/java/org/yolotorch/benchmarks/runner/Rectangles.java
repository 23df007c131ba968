// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.yolotorch.Image;
import org.yolotorch.LoadOptions;
import org.yolotorch.PredictOptions;
import org.yolotorch.Yolo;
import org.yolotorch.benchmarks.peer.Unavailable;

/**
 * A folder of pictures of many shapes, predicted with a checkpoint: each padded to its own
 * rectangle, and each to the whole square, in turns. Every turn loads the model anew and counts
 * what a first prediction prepares, since that is the price of shapes not seen before.
 */
final class Rectangles {
  private Rectangles() {}

  /**
   * What was measured.
   *
   * @param rect milliseconds per picture in rectangles, one value per turn
   * @param square the same in squares
   */
  record Outcome(Timing rect, Timing square) {
    double ratio() {
      return square.median() / rect.median();
    }
  }

  static Outcome measure(List<String> arguments) throws IOException, Unavailable {
    Arguments options =
        Arguments.of(arguments, Map.of("model", "yolo11n", "rounds", "3", "threads", "2"));
    Path file = Main.assets().resolve("weights/" + options.text("model") + ".pt");
    List<Image> pictures = pictures(Main.assets().resolve("images/coco128"));
    if (pictures.isEmpty() || !Files.exists(file)) {
      throw new Unavailable("the rectangles need " + file + " and the pictures of coco128");
    }
    LoadOptions load = LoadOptions.builder().threads(options.count("threads")).build();
    List<Double> rect = new ArrayList<>();
    List<Double> square = new ArrayList<>();
    perPicture(
        file, load, pictures.subList(0, Math.min(8, pictures.size())), true); // warms Java up
    for (int round = 0; round < options.count("rounds"); round++) {
      rect.add(perPicture(file, load, pictures, true));
      square.add(perPicture(file, load, pictures, false));
    }
    Outcome outcome = new Outcome(Timing.of(rect), Timing.of(square));
    System.out.printf(
        Locale.ROOT,
        "%d pictures, %d shapes: rectangles %.1f ms, squares %.1f ms a picture, %.2f times as fast%n",
        pictures.size(),
        pictures.stream().map(p -> p.width() + "x" + p.height()).distinct().count(),
        outcome.rect.median(),
        outcome.square.median(),
        outcome.ratio());
    return outcome;
  }

  private static double perPicture(
      Path file, LoadOptions load, List<Image> pictures, boolean rect) {
    PredictOptions options = PredictOptions.builder().rect(rect).build();
    try (Yolo model = Yolo.load(file, load)) {
      long start = System.nanoTime();
      for (Image picture : pictures) {
        model.predict(picture, options);
      }
      return (System.nanoTime() - start) / 1e6 / pictures.size();
    }
  }

  private static List<Image> pictures(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().map(Image::read).toList();
    }
  }
}
