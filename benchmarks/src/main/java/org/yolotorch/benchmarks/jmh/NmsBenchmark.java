// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.jmh;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
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
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 8, time = 1)
@Fork(1)
@State(Scope.Benchmark)
public class NmsBenchmark {
  @Param({"0.25", "0.01", "0.001"})
  public double conf;

  private Yolo model;
  private Image image;
  private PredictOptions options;

  @Setup
  public void open() throws Exception {
    model = Setting.model("yolo11n");
    image = Image.read(Setting.pictures().get(0));
    options = PredictOptions.builder().conf(conf).build();
  }

  @Benchmark
  public Result predict() {
    long start = System.nanoTime();
    Result result = model.predict(image, options);
    SpeedProfiler.count(result, System.nanoTime() - start);
    return result;
  }

  @TearDown
  public void close() {
    model.close();
  }
}
