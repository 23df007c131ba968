// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.runner;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.imageio.ImageIO;
import org.yolotorch.Image;
import org.yolotorch.LoadOptions;
import org.yolotorch.PredictOptions;
import org.yolotorch.Result;
import org.yolotorch.Yolo;
import org.yolotorch.benchmarks.peer.Inputs;
import org.yolotorch.benchmarks.peer.Job;

/** What a prediction does before and after the network, for a picture of 1920 x 1080 pixels. */
final class Vision {
  private Vision() {}

  /**
   * What was measured.
   *
   * @param letterbox milliseconds from pixels to the network's input
   * @param nms milliseconds from the network's output to boxes
   * @param objects boxes found
   */
  record Outcome(Timing letterbox, Timing nms, int objects) {}

  static Outcome measure(List<String> arguments) throws Exception {
    Arguments options =
        Arguments.of(
            arguments,
            Map.of(
                "model",
                "yolo11n",
                "conf",
                "0.25",
                "iterations",
                "100",
                "warmup",
                "20",
                "threads",
                "2"));
    int threads = options.count("threads");
    Path file = Job.ofOne(Main.assets(), options.text("model"), threads).forYolotorch();
    PredictOptions predict =
        PredictOptions.builder().conf(Double.parseDouble(options.text("conf"))).build();
    List<Double> letterbox = new ArrayList<>();
    List<Double> nms = new ArrayList<>();
    int objects = 0;
    try (Yolo model = Yolo.load(file, LoadOptions.builder().threads(threads).build())) {
      Image image = Image.of(picture());
      for (int i = -options.count("warmup"); i < options.count("iterations"); i++) {
        Result result = model.predict(image, predict);
        if (i >= 0) {
          letterbox.add(result.speed().preprocess());
          nms.add(result.speed().postprocess());
        }
        objects = result.boxes().size();
      }
    }
    Outcome outcome = new Outcome(Timing.of(letterbox), Timing.of(nms), objects);
    System.out.printf(
        Locale.ROOT,
        "1920x1080, %d boxes: letterbox min %.3f median %.3f ms, decode and NMS min %.3f median %.3f"
            + " ms%n",
        objects,
        outcome.letterbox.min(),
        outcome.letterbox.median(),
        outcome.nms.min(),
        outcome.nms.median());
    return outcome;
  }

  /** The first picture of the assets, stretched to 1920 x 1080. */
  private static BufferedImage picture() throws Exception {
    BufferedImage canvas = new BufferedImage(1920, 1080, BufferedImage.TYPE_3BYTE_BGR);
    var graphics = canvas.createGraphics();
    graphics.drawImage(
        ImageIO.read(Inputs.files(Main.assets()).get(0).toFile()), 0, 0, 1920, 1080, null);
    graphics.dispose();
    return canvas;
  }
}
