// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.jmh;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.yolotorch.Image;
import org.yolotorch.PredictOptions;
import org.yolotorch.Result;
import org.yolotorch.Yolo;

/**
 * What does Java add to the native call? Read the line {@code bridge}: the caller's time less what
 * the native side says letterbox, network and suppression took. With {@code -prof gc}, also the
 * bytes allocated per call.
 *
 * <pre>{@code
 * benchmarks/run jmh BridgeBenchmark -prof gc
 * }</pre>
 */
public class BridgeBenchmark extends JmhBenchmark {
  /** At 0.001 a result has 300 boxes, at 0.25 five. */
  @Param({"0.25", "0.001"})
  public double conf;

  private Yolo model;
  private Image image;
  private PredictOptions options;

  @Override
  void open() throws Exception {
    // A small input: the network takes little of the time, so that there are many calls.
    model = model("yolo11n-dynamic");
    image = picture();
    options = PredictOptions.builder().imgsz(160).conf(conf).build();
  }

  @Benchmark
  public Result predict() {
    return predict(model, image, options);
  }
}
