// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.jmh;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
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
public class EndToEndBenchmark extends JmhBenchmark {
  @Param({"ours", "ours-0", "djl"})
  public String peer;

  @Param("yolo11n")
  public String model;

  private Peer ready;

  @Override
  void open() throws Exception {
    ready = closing(Peers.open(peer, new Job(Job.Question.ENDTOEND, Main.assets(), model, 1, 2)));
  }

  @Benchmark
  public void run() throws Exception {
    ready.run();
  }
}
