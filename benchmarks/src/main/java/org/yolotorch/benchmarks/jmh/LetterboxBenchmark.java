// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.jmh;

import java.awt.image.BufferedImage;
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
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 8, time = 1)
@Fork(1)
@State(Scope.Benchmark)
public class LetterboxBenchmark {
  @Param({"640x640", "1280x720", "1920x1080", "3840x2160"})
  public String size;

  private Yolo model;
  private Image image;

  @Setup
  public void open() throws Exception {
    model = Setting.model("yolo11n");
    String[] sides = size.split("x");
    BufferedImage picture =
        new BufferedImage(
            Integer.parseInt(sides[0]), Integer.parseInt(sides[1]), BufferedImage.TYPE_3BYTE_BGR);
    image = Image.of(picture);
  }

  @Benchmark
  public Result predict() {
    long start = System.nanoTime();
    Result result = model.predict(image);
    SpeedProfiler.count(result, System.nanoTime() - start);
    return result;
  }

  @TearDown
  public void close() {
    model.close();
  }
}
