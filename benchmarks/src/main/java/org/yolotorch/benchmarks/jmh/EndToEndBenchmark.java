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
import org.yolotorch.benchmarks.peer.Job;
import org.yolotorch.benchmarks.peer.Peer;
import org.yolotorch.benchmarks.peer.Peers;
import org.yolotorch.benchmarks.runner.Main;

/**
 * How long does it take from the bytes of a JPEG file to boxes, each library with its own decoder?
 *
 * <pre>{@code
 * benchmarks/run jmh EndToEndBenchmark
 * }</pre>
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 8, time = 1)
@Fork(1)
@State(Scope.Benchmark)
public class EndToEndBenchmark {
  @Param({"ours", "ours-0", "djl"})
  public String peer;

  @Param("yolo11n")
  public String model;

  private Peer ready;

  @Setup
  public void open() throws Exception {
    ready = Peers.open(peer, new Job(Job.Question.ENDTOEND, Main.assets(), model, 1, 2));
  }

  @Benchmark
  public void run() throws Exception {
    ready.run();
  }

  @TearDown
  public void close() throws Exception {
    ready.close();
  }
}
