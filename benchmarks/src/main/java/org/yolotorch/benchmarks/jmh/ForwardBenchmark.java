// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.jmh;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.yolotorch.benchmarks.peer.Job;
import org.yolotorch.benchmarks.peer.Peer;
import org.yolotorch.benchmarks.peer.Peers;
import org.yolotorch.benchmarks.runner.Main;

/**
 * How long does one run of a network take? Ours is the whole of {@code Yolo.predict}, letterbox and
 * suppression included; the others end at the raw output.
 *
 * <pre>{@code
 * benchmarks/run jmh ForwardBenchmark -p peer=ours,onnxruntime -p batch=1
 * }</pre>
 */
public class ForwardBenchmark extends JmhBenchmark {
  @Param({"ours", "ours-0", "onnxruntime", "djl", "opencv", "presets"})
  public String peer;

  @Param("yolo11n")
  public String model;

  @Param({"1", "8"})
  public int batch;

  private Peer ready;

  @Override
  void open() throws Exception {
    ready =
        closing(Peers.open(peer, new Job(Job.Question.FORWARD, Main.assets(), model, batch, 2)));
  }

  @Benchmark
  public void run() throws Exception {
    ready.run();
  }
}
