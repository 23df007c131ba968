// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yolotorch.internal.Deadline;
import org.yolotorch.internal.Natives;
import org.yolotorch.support.HandClock;
import org.yolotorch.support.Hang;

/** Calls that end before they are done. The clock is turned by hand. */
class TimeoutTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  /** So many that a batch of them is still running whenever it is to end. */
  private static final int MANY = 4_000;

  private static final PredictOptions SMALL = PredictOptions.builder().imgsz(64).build();

  private static Yolo model;

  private final HandClock clock = new HandClock();

  @BeforeAll
  static void load() {
    LoadOptions quiet = LoadOptions.builder().threads(1).onWarning(warning -> {}).build();
    model = Yolo.load("yolo11n.yaml", quiet);
  }

  @AfterAll
  static void close() {
    model.close();
  }

  @AfterEach
  void clearInterrupt() {
    Thread.interrupted();
  }

  private static List<Image> pictures(int count) {
    ByteBuffer pixels = ByteBuffer.allocateDirect(64 * 64 * 3);
    return Collections.nCopies(count, Image.of(pixels, 64, 64, PixelFormat.BGR));
  }

  private List<Result> predict(int count, Deadline deadline) {
    return model.predict(pictures(count), SMALL, false, deadline);
  }

  @Test
  void timeThatSufficesChangesNothing() {
    PredictOptions hour = SMALL.toBuilder().timeout(Duration.ofHours(1)).build();
    assertEquals(
        model.predict(pictures(2), SMALL).get(1).boxes(),
        model.predict(pictures(2), hour).get(1).boxes());
    assertEquals(2, predict(2, Deadline.of(SECOND, clock)).size());
    assertEquals(0, clock.alarms());
  }

  @Test
  void aCallWhoseTimeIsOverNeverStarts() {
    Deadline deadline = Deadline.of(SECOND, clock);
    clock.turn(SECOND);
    assertThrows(YoloException.Timeout.class, () -> predict(1, deadline));
    PredictOptions none = SMALL.toBuilder().timeout(Duration.ZERO).build();
    YoloException error =
        assertThrows(YoloException.Timeout.class, () -> model.predict(pictures(1), none));
    assertEquals(ErrorCode.TIMEOUT, error.code());
    assertThrows(
        YoloException.Timeout.class,
        () -> model.predict(pictures(1), none.toBuilder().tile(32).build()));
  }

  @Test
  void anInterruptedThreadStartsNothing() {
    Thread.currentThread().interrupt();
    YoloException error =
        assertThrows(YoloException.Cancelled.class, () -> model.predict(pictures(1), SMALL));
    assertEquals(ErrorCode.CANCELLED, error.code());
    assertTrue(Thread.interrupted());
    assertEquals(1, model.predict(pictures(1), SMALL).size());
  }

  /** A call on a thread of its own, until it is inside of native code. */
  private final class Call {
    final AtomicReference<Throwable> thrown = new AtomicReference<>();
    volatile boolean wasInterrupted;
    final Thread thread;

    Call(int count, Deadline deadline) throws Exception {
      thread =
          new Thread(
              () -> {
                try {
                  predict(count, deadline);
                } catch (Throwable e) {
                  thrown.set(e);
                }
                wasInterrupted = Thread.currentThread().isInterrupted();
              });
      thread.start();
      Hang.until("the call is in native code", () -> !thread.isAlive() || isInside());
    }

    boolean isInside() {
      return Arrays.stream(thread.getStackTrace())
          .anyMatch(at -> at.getClassName().equals(Natives.class.getName()) && at.isNativeMethod());
    }

    /** Until it uses no CPU time any more: it waits for the thread that predicts. */
    Call waiting() throws Exception {
      ThreadMXBean threads = ManagementFactory.getThreadMXBean();
      long[] last = {-1, 0};
      Hang.until(
          "the call waits",
          () -> {
            long time = threads.getThreadCpuTime(thread.getId());
            last[1] = time == last[0] ? last[1] + 1 : 0;
            last[0] = time;
            return last[1] >= 20;
          });
      return this;
    }

    Throwable end() throws InterruptedException {
      thread.join();
      return thrown.get();
    }
  }

  @Test
  void aBatchEndsBetweenPicturesWhenItsTimeIsOver() throws Exception {
    Call call = new Call(MANY, Deadline.of(SECOND, clock));
    clock.turn(SECOND);
    assertInstanceOf(YoloException.Timeout.class, call.end());
    assertTrue(!call.wasInterrupted);
    assertEquals(0, clock.alarms());
    assertEquals(3, predict(3, Deadline.of(null)).size());
  }

  @Test
  void aBatchEndsBetweenPicturesWhenItsThreadIsInterrupted() throws Exception {
    Call call = new Call(MANY, Deadline.of(null));
    call.thread.interrupt();
    assertInstanceOf(YoloException.Cancelled.class, call.end());
    assertTrue(call.wasInterrupted);
    assertEquals(3, predict(3, Deadline.of(null)).size());
  }

  @Test
  void whoWaitsForOthersNeedNotStart() throws Exception {
    Call first = new Call(MANY, Deadline.of(null)).waiting();
    Call late = new Call(1, Deadline.of(SECOND, clock));
    Call interrupted = new Call(1, Deadline.of(null));
    Call patient = new Call(1, Deadline.of(null));
    clock.turn(SECOND);
    interrupted.thread.interrupt();
    // Both end while the first one still runs.
    assertInstanceOf(YoloException.Timeout.class, late.end());
    assertInstanceOf(YoloException.Cancelled.class, interrupted.end());
    assertTrue(first.thread.isAlive());
    assertTrue(patient.thread.isAlive());
    first.thread.interrupt();
    assertInstanceOf(YoloException.Cancelled.class, first.end());
    assertNull(patient.end());
  }

  @Test
  void tilesAreWithinTheTimeOfTheirCall() throws Exception {
    ByteBuffer pixels = ByteBuffer.allocateDirect(2000 * 2000);
    Image large = Image.of(pixels, 2000, 2000, PixelFormat.GRAY);
    PredictOptions tiles = SMALL.toBuilder().tile(32).build();
    // A turn of the clock at each batch of tiles: the whole picture, then three of them.
    Deadline.Clock each =
        new Deadline.Clock() {
          private long looks;

          @Override
          public long getAsLong() {
            return looks++;
          }

          @Override
          public Runnable after(long nanos, Runnable action) {
            return () -> {};
          }
        };
    Deadline deadline = Deadline.of(Duration.ofNanos(8), each);
    assertThrows(
        YoloException.Timeout.class, () -> model.predict(List.of(large), tiles, false, deadline));
    // Thousands of looks would have been taken.
    assertTrue(each.getAsLong() < 20);
  }

  @Test
  void filesAreReadBeforeTheTimeBegins() {
    PredictOptions none = SMALL.toBuilder().timeout(Duration.ZERO).build();
    assertThrows(YoloException.NotFound.class, () -> model.predict(Path.of("none.jpg"), none));
    assertThrows(
        YoloException.Timeout.class, () -> model.predict(Path.of("docs/astronaut.png"), none));
  }
}
