// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.Serial;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Work that a stranger can prolong, on a thread of its own: the caller waits until the time is over
 * or it is interrupted, and then leaves that thread to itself. Not thread-safe.
 */
final class Watched implements AutoCloseable {
  private final ExecutorService worker = Executors.newSingleThreadExecutor(Watched::thread);
  private volatile CompletableFuture<?> current = new CompletableFuture<>();
  private volatile TooSlow end;

  /** The time was over. */
  static final class TooSlow extends IOException {
    @Serial private static final long serialVersionUID = 1L;

    private TooSlow(Duration allowed) {
      super("it took longer than " + allowed.toSeconds() + " s");
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "yolotorch-web");
    thread.setDaemon(true);
    return thread;
  }

  /** Ends the calls of now and later after this time; returns what takes that back. */
  Runnable endAfter(Duration allowed, Deadline.Clock clock) {
    return Deadline.of(allowed, clock)
        .atEnd(
            () -> {
              end = new TooSlow(allowed);
              current.completeExceptionally(end);
            });
  }

  /** Whether a call was left to itself. */
  boolean isLost() {
    return end != null;
  }

  /**
   * Does the work and waits for it.
   *
   * @throws TooSlow if the time is over
   * @throws InterruptedIOException if the calling thread is interrupted, which it stays
   * @throws Exception what the work throws
   */
  <T> T call(Callable<T> work) throws Exception {
    CompletableFuture<T> result = new CompletableFuture<>();
    current = result;
    if (end != null) {
      throw end;
    }
    worker.execute(
        () -> {
          try {
            result.complete(work.call());
          } catch (Throwable e) {
            result.completeExceptionally(e);
          }
        });
    try {
      return result.get();
    } catch (InterruptedException e) {
      end = new TooSlow(Duration.ZERO);
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the thread was interrupted");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StackOverflowError || e.getCause() instanceof OutOfMemoryError) {
        throw new IOException("its answer is too long", e.getCause());
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (Exception) e.getCause();
    }
  }

  /** Does something that may block where nobody waits for it. */
  static void aside(Runnable work) {
    thread(work).start();
  }

  @Override
  public void close() {
    worker.shutdown();
  }
}
