// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.yolotorch.Batching;
import org.yolotorch.Image;
import org.yolotorch.PixelFormat;
import org.yolotorch.PredictOptions;
import org.yolotorch.Result;
import org.yolotorch.internal.Deadline;
import org.yolotorch.support.HandClock;
import org.yolotorch.support.Hang;

/** Calls of a batcher whose model stands and whose clock is turned by hand. */
abstract class BatcherCalls {
  static final Duration SECOND = Duration.ofSeconds(1);
  static final Duration DELAY = Duration.ofMillis(2);
  static final PredictOptions PLAIN = PredictOptions.defaults();
  static final PredictOptions OTHER = PredictOptions.builder().conf(0.5).build();

  final HandClock clock = new HandClock();
  final HeldModel model = new HeldModel();
  final List<Batching.Batch> reports = new CopyOnWriteArrayList<>();
  final List<Caller> callers = new ArrayList<>();
  Batcher batcher = batcher(8, true, reports::add);

  final Batcher batcher(int most, boolean rectangles, Consumer<Batching.Batch> listener) {
    return new Batcher(new Batching(most, DELAY, listener), rectangles, clock, model);
  }

  /** What a failed test left standing. */
  @AfterEach
  void letAllEnd() throws InterruptedException {
    model.held = false;
    for (Caller caller : callers) {
      caller.thread.interrupt();
    }
    model.runs.forEach(HeldModel.Run::end);
    for (Caller caller : callers) {
      caller.thread.join();
    }
  }

  static Image picture(int width, int height) {
    return Image.of(ByteBuffer.allocateDirect(width * height), width, height, PixelFormat.GRAY);
  }

  static List<Image> pictures(int count) {
    List<Image> pictures = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      pictures.add(picture(20, 10));
    }
    return pictures;
  }

  /** A call on a thread of its own. */
  final class Caller {
    final List<Image> pictures;
    final FutureTask<List<Result>> task;
    final Thread thread;
    volatile boolean wasInterrupted;

    Caller(List<Image> pictures, PredictOptions options, Deadline deadline) {
      this.pictures = pictures;
      this.task =
          new FutureTask<>(
              () -> {
                try {
                  return batcher.predict(pictures, options, deadline);
                } finally {
                  wasInterrupted = Thread.currentThread().isInterrupted();
                }
              });
      this.thread = new Thread(task);
      callers.add(this);
      thread.start();
    }

    /** It has got the results of its own pictures. */
    void hasResults() throws Exception {
      List<Result> results = task.get();
      assertEquals(pictures.size(), results.size());
      for (int i = 0; i < results.size(); i++) {
        assertSame(pictures.get(i), results.get(i).image());
      }
    }

    Throwable thrown() {
      return assertThrows(ExecutionException.class, task::get).getCause();
    }
  }

  final Caller call(int count) {
    return call(pictures(count), PLAIN);
  }

  static Deadline none() {
    return Deadline.of(null);
  }

  final Caller call(List<Image> pictures, PredictOptions options) {
    return new Caller(pictures, options, none());
  }

  final Deadline second() {
    return Deadline.of(SECOND, clock);
  }

  /** One more waits when this returns. */
  final Caller waiting(Caller caller, int count) throws Exception {
    Hang.until(count + " calls wait", () -> batcher.waiting() == count);
    return caller;
  }

  /** The next run, which is of exactly these calls. */
  final HeldModel.Run runOf(Caller... calls) throws InterruptedException {
    HeldModel.Run run = model.runs.take();
    List<Image> wanted = new ArrayList<>();
    for (Caller each : calls) {
      wanted.addAll(each.pictures);
    }
    assertEquals(wanted.size(), run.pictures.size());
    for (int i = 0; i < wanted.size(); i++) {
      assertSame(wanted.get(i), run.pictures.get(i));
    }
    return run;
  }

  /** No run begins: all calls wait, and the next batch waits for the clock. */
  final void nothingRuns(int waiting) throws Exception {
    Hang.until("the batch waits for the clock", () -> clock.alarms() > 0);
    assertEquals(waiting, batcher.waiting());
    assertTrue(model.runs.isEmpty());
  }

  /** A batch of three calls, the last of which leads, with these deadlines. */
  final List<Caller> batchOfThree(Deadline first, Deadline second, Deadline third)
      throws Exception {
    Caller before = call(1);
    HeldModel.Run run = runOf(before);
    Caller a = waiting(new Caller(pictures(1), PLAIN, first), 1);
    Caller b = waiting(new Caller(pictures(2), PLAIN, second), 2);
    run.end();
    before.hasResults();
    Caller c = new Caller(pictures(1), PLAIN, third);
    Hang.until("the batch runs", () -> !model.runs.isEmpty());
    assertSame(c.thread, model.runs.peek().thread);
    return List.of(a, b, c);
  }
}
