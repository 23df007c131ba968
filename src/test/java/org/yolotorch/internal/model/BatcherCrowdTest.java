// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.yolotorch.Batching;
import org.yolotorch.Detections;
import org.yolotorch.Image;
import org.yolotorch.ImageSize;
import org.yolotorch.PixelFormat;
import org.yolotorch.PredictOptions;
import org.yolotorch.Result;
import org.yolotorch.Speed;
import org.yolotorch.Task;
import org.yolotorch.YoloException;
import org.yolotorch.internal.Deadline;
import org.yolotorch.support.Results;

/** Calls of every kind from many threads at once, on the clock of the process. */
class BatcherCrowdTest {
  private static final int THREADS = 16;
  private static final int CALLS = 2_000;
  private static final int MOST = 5;

  private final AtomicInteger inside = new AtomicInteger();
  private final AtomicInteger runs = new AtomicInteger();
  private final AtomicInteger shared = new AtomicInteger();
  private final AtomicInteger told = new AtomicInteger();

  private List<Result> run(List<Image> pictures, PredictOptions options, Deadline deadline) {
    deadline.check();
    int size = pictures.get(0).width();
    boolean alike = pictures.stream().allMatch(picture -> picture.width() == size);
    if (!alike || options.timeout() != null) {
      throw new AssertionError("calls that do not join");
    }
    runs.incrementAndGet();
    inside.incrementAndGet();
    try {
      if (size == 3 && pictures.size() > 1) {
        throw new YoloException.InferenceFailed("pictures of this size run alone");
      }
      shared.addAndGet(pictures.size() > 2 ? 1 : 0);
      return pictures.stream().map(picture -> result(picture, options)).toList();
    } finally {
      inside.decrementAndGet();
    }
  }

  private static Result result(Image picture, PredictOptions options) {
    // The options can be read from the result.
    ImageSize size = ImageSize.square(options.maxDet());
    Speed speed = new Speed(1, 1, 1);
    Detections none = Detections.ofBoxes(List.of());
    return Result.of(Task.DETECT, picture, size, Results.NAMES, speed, none);
  }

  /** What became of the calls of a thread. */
  private static final class Outcome {
    int good;
    int timeouts;
    int cancelled;
    int failed;
  }

  private Outcome callAgainAndAgain(Batcher batcher, int seed) {
    Random random = new Random(seed);
    Outcome outcome = new Outcome();
    for (int i = 0; i < CALLS; i++) {
      int side = 1 + random.nextInt(3);
      List<Image> pictures = new ArrayList<>();
      for (int count = 1 + random.nextInt(2); count > 0; count--) {
        ByteBuffer pixels = ByteBuffer.allocateDirect(side);
        pictures.add(Image.of(pixels, side, 1, PixelFormat.GRAY));
      }
      PredictOptions options = PredictOptions.builder().maxDet(1 + random.nextInt(2)).build();
      Duration time = random.nextInt(4) == 0 ? Duration.ofNanos(random.nextInt(200_000)) : null;
      if (random.nextInt(20) == 0) {
        Thread.currentThread().interrupt();
      }
      try {
        List<Result> results = batcher.predict(pictures, options, Deadline.of(time));
        boolean own = results.size() == pictures.size();
        for (int k = 0; own && k < results.size(); k++) {
          own &= results.get(k).image() == pictures.get(k);
          own &= results.get(k).netSize().width() == options.maxDet();
        }
        outcome.good += own ? 1 : 0;
      } catch (YoloException.Timeout e) {
        outcome.timeouts++;
      } catch (YoloException.Cancelled e) {
        outcome.cancelled++;
      } catch (YoloException.InferenceFailed e) {
        outcome.failed += pictures.size() == 2 && side == 3 ? 1 : 0;
      }
      Thread.interrupted();
    }
    return outcome;
  }

  @Test
  void everyCallGetsItsOwn() throws Exception {
    Batching batching =
        new Batching(MOST, Duration.ofNanos(100_000), batch -> told.addAndGet(batch.calls()));
    Batcher batcher = new Batcher(batching, true, Deadline.SYSTEM, this::run);
    ExecutorService service = Executors.newFixedThreadPool(THREADS);
    List<Future<Outcome>> all = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int seed = i;
      all.add(service.submit(() -> callAgainAndAgain(batcher, seed)));
    }
    int good = 0;
    int cancelled = 0;
    int ended = 0;
    for (Future<Outcome> each : all) {
      Outcome outcome = each.get();
      good += outcome.good;
      cancelled += outcome.cancelled;
      ended += outcome.good + outcome.timeouts + outcome.cancelled + outcome.failed;
    }
    service.shutdown();
    assertEquals(THREADS * CALLS, ended);
    assertEquals(0, batcher.waiting());
    assertEquals(0, inside.get());

    assertTrue(good > THREADS, good + " results");
    assertTrue(cancelled > THREADS, cancelled + " cancelled");
    assertTrue(told.get() >= good, told + " calls were told, " + good + " gave results");
    assertTrue(shared.get() > 0, "no batch was shared by three pictures");
    System.out.println(
        "FIGURE batcher_crowd_runs_per_result=" + runs.get() / (double) good + " runs");
  }
}
