// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.jmh;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Warmup;
import org.yolotorch.Image;
import org.yolotorch.Yolo;

/**
 * How many pictures per second does one model give to several callers at once?
 *
 * <pre>{@code
 * benchmarks/run jmh ConcurrencyBenchmark
 * }</pre>
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class ConcurrencyBenchmark extends JmhBenchmark {
  private static final int PICTURES = 8;

  @Param({"1", "2", "4", "8"})
  public int callers;

  private Yolo model;
  private ExecutorService pool;
  private final List<Callable<Void>> shares = new ArrayList<>();

  @Override
  void open() throws Exception {
    model = model("yolo11n");
    Image image = picture();
    pool = Executors.newFixedThreadPool(callers);
    closing((AutoCloseable) pool::shutdown);
    for (int caller = 0; caller < callers; caller++) {
      shares.add(
          () -> {
            for (int i = 0; i < PICTURES / callers; i++) {
              model.predict(image);
            }
            return null;
          });
    }
  }

  @Benchmark
  @OperationsPerInvocation(PICTURES)
  public void predict() throws Exception {
    for (Future<Void> share : pool.invokeAll(shares)) {
      share.get();
    }
  }
}
