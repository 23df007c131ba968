// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.jmh;

import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Adds to a benchmark's own number the parts of its predictions, as their {@code Speed} tells them:
 * the mean of each iteration in microseconds.
 */
public final class SpeedProfiler implements InternalProfiler {
  private static double preprocess;
  private static double postprocess;
  private static double rest;
  private static long calls;

  /** Counts a prediction of one picture that took so long as its caller saw it. */
  static synchronized void count(org.yolotorch.Result result, long nanos) {
    var speed = result.speed();
    preprocess += speed.preprocess() * 1e3;
    postprocess += speed.postprocess() * 1e3;
    rest += nanos / 1e3 - (speed.preprocess() + speed.inference() + speed.postprocess()) * 1e3;
    calls++;
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    synchronized (SpeedProfiler.class) {
      preprocess = 0;
      postprocess = 0;
      rest = 0;
      calls = 0;
    }
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    synchronized (SpeedProfiler.class) {
      return calls == 0
          ? List.of()
          : List.of(mean("letterbox", preprocess), mean("nms", postprocess), mean("bridge", rest));
    }
  }

  private static ScalarResult mean(String name, double sum) {
    return new ScalarResult(name, sum / calls, "us/op", AggregationPolicy.AVG);
  }

  @Override
  public String getDescription() {
    return "Parts of a prediction";
  }
}
