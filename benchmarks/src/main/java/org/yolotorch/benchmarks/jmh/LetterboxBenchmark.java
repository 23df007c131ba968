// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.jmh;

import java.awt.image.BufferedImage;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.yolotorch.Image;
import org.yolotorch.PredictOptions;
import org.yolotorch.Result;
import org.yolotorch.Yolo;

/**
 * How long does letterboxing take? Read the line {@code letterbox}; the benchmark's own number is
 * the whole prediction.
 *
 * <pre>{@code
 * benchmarks/run jmh LetterboxBenchmark
 * }</pre>
 */
public class LetterboxBenchmark extends JmhBenchmark {
  @Param({"640x640", "1280x720", "1920x1080", "3840x2160"})
  public String size;

  private Yolo model;
  private Image image;

  @Override
  void open() throws Exception {
    model = model("yolo11n");
    String[] sides = size.split("x");
    BufferedImage picture =
        new BufferedImage(
            Integer.parseInt(sides[0]), Integer.parseInt(sides[1]), BufferedImage.TYPE_3BYTE_BGR);
    image = Image.of(picture);
  }

  @Benchmark
  public Result predict() {
    return predict(model, image, PredictOptions.defaults());
  }
}
