// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.jmh;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.yolotorch.Image;
import org.yolotorch.LoadOptions;
import org.yolotorch.PredictOptions;
import org.yolotorch.Result;
import org.yolotorch.Yolo;
import org.yolotorch.benchmarks.peer.Inputs;
import org.yolotorch.benchmarks.peer.Job;
import org.yolotorch.benchmarks.runner.Main;

/**
 * The set-up of every benchmark: the mean time per call in milliseconds, measured in one JVM after
 * a warm-up. What {@link #open()} opens is closed at the end, the last one first.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 8, time = 1)
@Fork(1)
@State(Scope.Benchmark)
public abstract class JmhBenchmark {
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  /** Makes ready what the benchmark measures. */
  abstract void open() throws Exception;

  /** Called by JMH. */
  @Setup
  public void setUp() throws Exception {
    open();
  }

  /** Called by JMH. */
  @TearDown
  public void tearDown() throws Exception {
    while (!opened.isEmpty()) {
      opened.pop().close();
    }
  }

  /** Has this closed at the end of the benchmark. */
  <T extends AutoCloseable> T closing(T thing) {
    opened.push(thing);
    return thing;
  }

  /** A model of the assets, at its default level, with two cores. */
  Yolo model(String name) throws Exception {
    return closing(
        Yolo.load(
            Job.ofOne(Main.assets(), name, 2).forYolotorch(),
            LoadOptions.builder().threads(2).build()));
  }

  /** The first picture of the assets. */
  static Image picture() throws Exception {
    return Image.read(Inputs.files(Main.assets()).get(0));
  }

  /** Predicts, and tells the {@link SpeedProfiler} how long each part took. */
  static Result predict(Yolo model, Image image, PredictOptions options) {
    long start = System.nanoTime();
    Result result = model.predict(image, options);
    SpeedProfiler.count(result, System.nanoTime() - start);
    return result;
  }
}
