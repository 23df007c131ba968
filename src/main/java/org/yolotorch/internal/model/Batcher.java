// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.model;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.yolotorch.Batching;
import org.yolotorch.Image;
import org.yolotorch.PredictOptions;
import org.yolotorch.Result;
import org.yolotorch.internal.Deadline;

/**
 * The queue of the calls of a model, which are predicted in batches, one batch after another.
 *
 * <p>It has no thread: of the calls that make up a batch, the thread of one leads, that is, makes
 * the native call. That is the thread that comes last and makes the batch start, or else the one
 * that waits for longest. Thread-safe.
 */
final class Batcher {
  private final Batching batching;
  private final boolean rectangles;
  private final Deadline.Clock clock;
  private final long delay;
  private final Model model;
  private final AtomicBoolean reportFailed = new AtomicBoolean();

  private final ReentrantLock lock = new ReentrantLock();

  /** In the order in which they came. */
  private final Set<BatchCall> waiting = new LinkedHashSet<>();

  private boolean running;

  /** How many calls wait before the next batch starts at once. */
  private int expected = 1;

  private long lastEnd;

  /** Takes back what is to be done when the next batch has waited long enough; null for nothing. */
  private Runnable alarm;

  /** Predicts pictures in one native call. */
  interface Model {
    List<Result> predict(List<Image> pictures, PredictOptions options, Deadline deadline);
  }

  /**
   * A queue without calls.
   *
   * @param rectangles whether {@link PredictOptions#rect()} has an effect on the model
   */
  Batcher(Batching batching, boolean rectangles, Deadline.Clock clock, Model model) {
    this.batching = batching;
    this.rectangles = rectangles;
    this.clock = clock;
    this.delay = batching.maxDelay().toNanos();
    this.model = model;
  }

  /** Predicts at least one picture, together with other calls if there are some. */
  List<Result> predict(List<Image> pictures, PredictOptions options, Deadline deadline) {
    boolean bySize = rectangles && options.rect();
    BatchCall call = new BatchCall(pictures, options, bySize, deadline, clock.getAsLong());
    boolean leads = await(call);
    Batch batch = call.batch;
    if (leads && !batch.apart) {
      lead(batch, call);
    }
    if (call.gone) {
      deadline.check();
      throw deadline.timeout();
    }
    return batch.apart ? apart(batch, call) : batch.resultsOf(call);
  }

  /** Until the call has its turn; returns whether its thread is to lead. */
  private boolean await(BatchCall call) {
    Runnable forget = null;
    try {
      while (!call.isSettled()) {
        if (startsNext(call)) {
          return true;
        }
        if (forget == null) {
          forget = call.deadline.atEnd(call::wake);
        }
        call.pause();
      }
      return false;
    } finally {
      if (forget != null) {
        forget.run();
      }
    }
  }

  /** Whether the call, which leaves if its end has come, starts the next batch. */
  private boolean startsNext(BatchCall call) {
    lock.lock();
    try {
      if (call.isSettled()) {
        return false;
      }
      if (call.batch != null) {
        call.deadline.check();
        return false;
      }
      // A second time has no effect.
      waiting.add(call);
      call.deadline.check();
      return advance(call);
    } catch (RuntimeException | Error e) {
      leave(call);
      throw e;
    } finally {
      lock.unlock();
    }
  }

  private void leave(BatchCall call) {
    if (call.batch == null) {
      waiting.remove(call);
      advance(null);
    } else {
      call.gone = true;
      call.batch.end.leave();
    }
  }

  /**
   * Starts the next batch if it is time to, and if this call is part of it; returns whether it did.
   * Otherwise has somebody else do so.
   */
  private boolean advance(BatchCall own) {
    if (running) {
      return false;
    }
    List<BatchCall> next = new ArrayList<>();
    boolean full = choose(next);
    if (next.isEmpty()) {
      return false;
    }
    long now = clock.getAsLong();
    long left = delay - (now - lastEnd);
    if (!full && waiting.size() < expected && left > 0) {
      if (alarm == null) {
        alarm = clock.after(left, this::endDelay);
      }
      return false;
    }
    if (!next.contains(own)) {
      next.get(0).wake();
      return false;
    }
    new Batch(next, now).start();
    next.forEach(waiting::remove);
    running = true;
    if (alarm != null) {
      alarm.run();
      alarm = null;
    }
    return true;
  }

  /** Chooses the calls of the next batch; returns whether no further call could join. */
  private boolean choose(List<BatchCall> next) {
    int most = batching.maxBatch();
    int pictures = 0;
    for (BatchCall call : waiting) {
      int more = call.pictures.size();
      if (call.isOver() || !next.isEmpty() && (more > most || !call.joins(next.get(0)))) {
        continue;
      }
      if (!next.isEmpty() && pictures + more > most) {
        return true;
      }
      next.add(call);
      pictures += more;
      if (pictures >= most) {
        return true;
      }
    }
    return false;
  }

  /** How many calls wait, for tests. */
  int waiting() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  private void endDelay() {
    lock.lock();
    try {
      alarm = null;
      advance(null);
    } finally {
      lock.unlock();
    }
  }

  /** Makes the native call of a batch. The others get their results even if this caller leaves. */
  private void lead(Batch batch, BatchCall call) {
    Runnable forget = call.deadline.atEnd(batch.end::leaveThread);
    List<Result> results = null;
    try {
      results = model.predict(batch.pictures(), call.options, batch.end);
    } catch (RuntimeException | Error e) {
      // Whoever caused it: each caller finds out apart.
    } finally {
      if (forget != null) {
        forget.run();
      }
    }
    boolean last = false;
    lock.lock();
    try {
      call.gone = batch.end.hasThreadLeft();
      batch.settle(results);
      last = batch.left == 0;
      if (last) {
        end(batch);
      }
    } finally {
      lock.unlock();
      batch.calls.forEach(BatchCall::wake);
    }
    if (last) {
      report(batch);
    }
  }

  /** Predicts a call by itself. */
  private List<Result> apart(Batch batch, BatchCall call) {
    List<Result> results = null;
    try {
      results = model.predict(call.pictures, call.options, call.deadline);
      return results;
    } finally {
      boolean last;
      lock.lock();
      try {
        last = batch.settleOne(results);
        if (last) {
          end(batch);
        }
      } finally {
        lock.unlock();
      }
      if (last) {
        report(batch);
      }
    }
  }

  private void end(Batch batch) {
    running = false;
    lastEnd = clock.getAsLong();
    expected = batch.calls.size() + waiting.size();
    advance(null);
  }

  private void report(Batch batch) {
    try {
      batching.onBatch().accept(batch.report());
    } catch (RuntimeException | Error e) {
      if (reportFailed.compareAndSet(false, true)) {
        System.getLogger("org.yolotorch")
            .log(
                System.Logger.Level.WARNING,
                "The receiver of batches must not throw, but did; its exceptions are dropped, and"
                    + " later ones not told any more.",
                e);
      }
    }
  }
}
