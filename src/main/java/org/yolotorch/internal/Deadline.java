// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.yolotorch.YoloException;

/**
 * The end of the time that a call may take, which began when this object was made; and the other
 * reason to end it, an interrupt of its thread. Thread-safe.
 */
public sealed class Deadline permits SharedDeadline {
  /** The time of this process. */
  public static final Clock SYSTEM = new SystemClock();

  private final Duration allowed;
  private final Clock clock;
  private final long start;
  private final long allowedNanos;

  /** What time it is, and who calls when it is over. */
  public interface Clock extends LongSupplier {
    /**
     * Has something done after a time, by any thread.
     *
     * @param nanos nanoseconds from now
     * @return what keeps it from being done, without effect afterwards
     */
    Runnable after(long nanos, Runnable action);
  }

  Deadline(Duration allowed, Clock clock) {
    this.allowed = allowed;
    this.clock = clock;
    this.start = allowed == null ? 0 : clock.getAsLong();
    this.allowedNanos = allowed == null ? Long.MAX_VALUE : nanos(allowed);
  }

  /** From now on; null for no end. */
  public static Deadline of(Duration allowed) {
    return of(allowed, SYSTEM);
  }

  /** From now on by this clock; null for no end. */
  public static Deadline of(Duration allowed, Clock clock) {
    return new Deadline(allowed, clock);
  }

  private static long nanos(Duration time) {
    try {
      return time.toNanos();
    } catch (ArithmeticException e) {
      // Centuries.
      return time.isNegative() ? 0 : Long.MAX_VALUE;
    }
  }

  /** What is left, zero or less if it is over; null for no end. */
  public Duration left() {
    return allowed == null ? null : Duration.ofNanos(leftNanos());
  }

  private long leftNanos() {
    return allowedNanos == Long.MAX_VALUE
        ? Long.MAX_VALUE
        : allowedNanos - (clock.getAsLong() - start);
  }

  /** Whether the time is over. */
  public boolean isOver() {
    return leftNanos() <= 0;
  }

  /** The thread of the call was interrupted; tells whether that ends the call. */
  public boolean interrupted() {
    return true;
  }

  /**
   * To be called before each step.
   *
   * @throws YoloException.Cancelled if the thread is interrupted, which it stays
   * @throws YoloException.Timeout if the time is over
   */
  public void check() {
    if (Thread.currentThread().isInterrupted()) {
      throw cancelled();
    }
    if (isOver()) {
      throw timeout();
    }
  }

  /** Has something done when the time is over; returns what takes that back, or null. */
  public Runnable atEnd(Runnable action) {
    return allowedNanos == Long.MAX_VALUE ? null : clock.after(leftNanos(), action);
  }

  /** The time is over. */
  public YoloException.Timeout timeout() {
    return new YoloException.Timeout(
        "A call must be done within its timeout of "
            + Math.rint(allowedNanos / 1e6) / 1e3
            + " s, but was not; allow more time, give fewer or smaller pictures, or a smaller"
            + " imgsz.");
  }

  /** The thread was interrupted. */
  public static YoloException.Cancelled cancelled() {
    return new YoloException.Cancelled(
        "A call must not be interrupted before it is done, but its thread was; clear the interrupt"
            + " and call again for what is left.");
  }

  private static final class SystemClock implements Clock {
    @Override
    public long getAsLong() {
      return System.nanoTime();
    }

    @Override
    public Runnable after(long nanos, Runnable action) {
      ScheduledFuture<?> later = Alarm.EXECUTOR.schedule(action, nanos, TimeUnit.NANOSECONDS);
      return () -> later.cancel(false);
    }
  }

  /** Made by the first call with a timeout. */
  private static final class Alarm {
    static final ScheduledThreadPoolExecutor EXECUTOR =
        new ScheduledThreadPoolExecutor(1, Alarm::thread);

    static {
      EXECUTOR.setRemoveOnCancelPolicy(true);
    }

    private static Thread thread(Runnable work) {
      Thread thread = new Thread(work, "yolotorch-timeout");
      thread.setDaemon(true);
      return thread;
    }
  }
}
