// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.jmh;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.yolotorch.Image;
import org.yolotorch.PredictOptions;
import org.yolotorch.Result;
import org.yolotorch.Yolo;

/**
 * How long do decoding and non-maximum suppression take? Read the line {@code nms}; the benchmark's
 * own number is the whole prediction. A low confidence leaves many candidates.
 *
 * <pre>{@code
 * benchmarks/run jmh NmsBenchmark
 * }</pre>
 */
public class NmsBenchmark extends JmhBenchmark {
  @Param({"0.25", "0.01", "0.001"})
  public double conf;

  private Yolo model;
  private Image image;
  private PredictOptions options;

  @Override
  void open() throws Exception {
    model = model("yolo11n");
    image = picture();
    options = PredictOptions.builder().conf(conf).build();
  }

  @Benchmark
  public Result predict() {
    return predict(model, image, options);
  }
}
