// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.serve.internal.metrics;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import org.yolotorch.Speed;

/**
 * What a version of a model has done since it was loaded, in numbers that only grow. Thread-safe.
 */
public final class Statistics {
  private static final double NANOS_PER_MILLI = 1e6;

  /** How often something was done, and for how long. */
  public static final class Times {
    private final LongAdder count = new LongAdder();
    private final LongAdder nanos = new LongAdder();

    private void add(long times, long spent) {
      count.add(times);
      nanos.add(spent);
    }

    public long count() {
      return count.sum();
    }

    public long nanos() {
      return nanos.sum();
    }
  }

  /** The parts of a request's time. */
  public enum Part {
    QUEUE,
    PREPROCESS,
    INFERENCE,
    POSTPROCESS
  }

  private final Metrics.Series series;
  private final Times succeeded = new Times();
  private final Times failed = new Times();
  private final Map<Part, Times> parts =
      Map.of(
          Part.QUEUE, new Times(),
          Part.PREPROCESS, new Times(),
          Part.INFERENCE, new Times(),
          Part.POSTPROCESS, new Times());
  private final Map<Integer, Times> batches = new ConcurrentSkipListMap<>();
  private final LongAdder pictures = new LongAdder();
  private volatile long lastMillis;

  /** Nothing yet; what comes goes to the metrics, too. */
  Statistics(Metrics.Series series) {
    this.series = series;
  }

  /** A batch was run: how long each of its calls had waited, and its times per picture. */
  public void batch(int size, List<Duration> waits, Speed speed) {
    pictures.add(size);
    long inference = speed == null ? 0 : nanos(speed.inference() * size);
    batches.computeIfAbsent(size, any -> new Times()).add(1, inference);
    series.batch(size);
    for (Duration wait : waits) {
      spent(Part.QUEUE, wait.toNanos());
    }
  }

  /** A request for so many pictures was answered: its share of its batch, and decoding. */
  public void answered(int size, long wholeNanos, long decodingNanos, Speed speed) {
    succeeded.add(1, wholeNanos);
    lastMillis = System.currentTimeMillis();
    series.request(wholeNanos);
    spent(Part.PREPROCESS, decodingNanos + nanos(speed.preprocess() * size));
    spent(Part.INFERENCE, nanos(speed.inference() * size));
    spent(Part.POSTPROCESS, nanos(speed.postprocess() * size));
  }

  /** A request for this model was not answered as asked. */
  public void failed(long wholeNanos) {
    failed.add(1, wholeNanos);
  }

  private void spent(Part part, long nanos) {
    parts.get(part).add(1, nanos);
    series.spent(part, nanos);
  }

  private static long nanos(double milliseconds) {
    return Math.round(milliseconds * NANOS_PER_MILLI);
  }

  public Times succeeded() {
    return succeeded;
  }

  public Times failed() {
    return failed;
  }

  public Times of(Part part) {
    return parts.get(part);
  }

  /** Runs by their number of pictures, with the time of the network. */
  public Map<Integer, Times> batches() {
    return batches;
  }

  /** Pictures of all runs. */
  public long pictures() {
    return pictures.sum();
  }

  /** Runs of the network. */
  public long executions() {
    return batches.values().stream().mapToLong(Times::count).sum();
  }

  /** Time of the last answer in milliseconds since 1970; 0 for none. */
  public long lastMillis() {
    return lastMillis;
  }
}
