// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.runner;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.yolotorch.Batching;
import org.yolotorch.Image;
import org.yolotorch.LoadOptions;
import org.yolotorch.PixelFormat;
import org.yolotorch.Yolo;
import org.yolotorch.benchmarks.peer.Inputs;
import org.yolotorch.benchmarks.peer.Job;

/**
 * Callers that call again as soon as they have their result, one picture a call: with shared
 * batches, without, and beside one caller that gives lists of eight pictures, in turns.
 */
final class Callers {
  private static final int BATCH = 8;
  private static final int SIDE = 640;
  private static final Duration DELAY = Duration.ofMillis(2);

  private final Image picture;
  private final Yolo shared;
  private final Yolo serial;
  private final AtomicInteger pictures = new AtomicInteger();
  private final AtomicInteger batches = new AtomicInteger();

  private Callers(Path file, Image picture) {
    this.picture = picture;
    Batching batching =
        new Batching(
            BATCH,
            DELAY,
            batch -> {
              pictures.addAndGet(batch.pictures());
              batches.incrementAndGet();
            });
    this.shared = Yolo.load(file, LoadOptions.builder().batching(batching).build());
    this.serial = Yolo.load(file);
  }

  /**
   * Calls of several callers.
   *
   * @param rate pictures per second
   * @param millis of each call
   */
  private record Round(double rate, List<Double> millis) {}

  static void measure(List<String> arguments) throws Exception {
    Arguments options =
        Arguments.of(
            arguments,
            Map.of("model", "yolo11n", "callers", "1,2,4,8,16", "rounds", "3", "pictures", "144"));
    Job job = Job.ofOne(Main.assets(), options.text("model"), 1);
    byte[] rgb = Inputs.pixels(job, SIDE, SIDE).get(0);
    ByteBuffer direct = ByteBuffer.allocateDirect(rgb.length).put(rgb).flip();
    Callers callers =
        new Callers(job.forYolotorch(), Image.of(direct, SIDE, SIDE, PixelFormat.RGB));
    try (callers.shared;
        callers.serial) {
      callers.lists(BATCH, 40);
      callers.calls(callers.shared, BATCH, 5);
      callers.calls(callers.serial, BATCH, 5);
      for (int count : options.counts("callers")) {
        callers.compare(count, options.count("rounds"), options.count("pictures"));
      }
    }
  }

  private void compare(int count, int rounds, int perRound) throws Exception {
    List<Double> ratio = new ArrayList<>();
    List<Double> listRatio = new ArrayList<>();
    List<Double> serialRatio = new ArrayList<>();
    List<Double> rates = new ArrayList<>();
    List<Double> millis = new ArrayList<>();
    List<Double> serialMillis = new ArrayList<>();
    int each = Math.max(4, perRound / count);
    pictures.set(0);
    batches.set(0);
    for (int i = 0; i < rounds; i++) {
      double list = lists(BATCH, perRound);
      Round with = calls(shared, count, each);
      Round without = calls(serial, count, each);
      rates.add(with.rate);
      ratio.add(with.rate / list);
      listRatio.add(with.rate / (count < BATCH ? lists(count, perRound) : list));
      serialRatio.add(with.rate / without.rate);
      millis.addAll(with.millis);
      serialMillis.addAll(without.millis);
    }
    String name = "batching_callers_" + count;
    figure(name + "_rate", Timing.median(rates), "pictures/s");
    figure(name + "_ratio", Timing.median(ratio), "times");
    figure(name + "_own_list_ratio", Timing.median(listRatio), "times");
    figure(name + "_serial_ratio", Timing.median(serialRatio), "times");
    figure(name + "_p50", part(millis, 0.5), "ms");
    figure(name + "_p99", part(millis, 0.99), "ms");
    figure(name + "_serial_p50", part(serialMillis, 0.5), "ms");
    figure(name + "_serial_p99", part(serialMillis, 0.99), "ms");
    figure(name + "_pictures_per_batch", pictures.get() / (double) batches.get(), "pictures");
  }

  /** Pictures per second of one caller with lists of this size. */
  private double lists(int size, int perRound) {
    List<Image> list = Collections.nCopies(size, picture);
    int count = Math.max(2, perRound / size);
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      serial.predict(list);
    }
    return size * count / seconds(start, System.nanoTime());
  }

  private Round calls(Yolo model, int count, int each) throws Exception {
    ExecutorService service = Executors.newFixedThreadPool(count);
    long[] ends = new long[count * each];
    List<Double> millis = new ArrayList<>();
    try {
      List<Future<long[]>> callers = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        callers.add(service.submit(() -> callAgainAndAgain(model, each)));
      }
      for (int i = 0; i < count; i++) {
        long[] times = callers.get(i).get();
        for (int k = 0; k < each; k++) {
          ends[i * each + k] = times[k + 1];
          // All callers run from the second call on.
          if (k > 0) {
            millis.add((times[k + 1] - times[k]) / 1e6);
          }
        }
      }
    } finally {
      service.shutdown();
    }
    Arrays.sort(ends);
    // The first caller begins alone, and thus ends before the others: both are left out.
    int first = count;
    int last = count * (each - 1);
    return new Round((last - first) / seconds(ends[first], ends[last]), millis);
  }

  /** When the caller began, and when each of its calls ended. */
  private long[] callAgainAndAgain(Yolo model, int each) {
    long[] times = new long[each + 1];
    times[0] = System.nanoTime();
    for (int k = 1; k <= each; k++) {
      model.predict(picture);
      times[k] = System.nanoTime();
    }
    return times;
  }

  private static double seconds(long from, long to) {
    return (to - from) / 1e9;
  }

  /** The value that this part of all is not above. */
  private static double part(List<Double> values, double part) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get((int) Math.ceil(part * sorted.size()) - 1);
  }

  private static void figure(String name, double value, String unit) {
    System.out.printf(Locale.ROOT, "FIGURE %s=%.3f %s%n", name, value, unit);
  }
}
