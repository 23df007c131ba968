// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.model;

import java.awt.Dimension;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.yolotorch.Image;
import org.yolotorch.PredictOptions;
import org.yolotorch.internal.Deadline;

/** A call of a {@link Batcher}, whose lock guards what changes. */
final class BatchCall {
  final List<Image> pictures;

  /** Without a timeout, which is the deadline's. */
  final PredictOptions options;

  final Deadline deadline;

  /** Of every picture, where that decides what the network's input is; null if they differ. */
  private final Dimension size;

  private final Thread thread = Thread.currentThread();
  private final long since;
  private volatile boolean isCalled;

  /** What the call is part of; null while it waits. */
  volatile Batch batch;

  /** Index of its first result in those of the batch. */
  int first;

  /** Whether its caller left while the batch ran. */
  boolean gone;

  /**
   * A call of this thread.
   *
   * @param bySize whether the size of the pictures decides what the network's input is
   */
  BatchCall(
      List<Image> pictures, PredictOptions options, boolean bySize, Deadline deadline, long now) {
    this.pictures = pictures;
    this.options = options.timeout() == null ? options : options.toBuilder().timeout(null).build();
    this.size = bySize ? commonSize(pictures) : null;
    this.deadline = deadline;
    this.since = now;
  }

  private static Dimension commonSize(List<Image> pictures) {
    Image first = pictures.get(0);
    for (Image picture : pictures) {
      if (picture.width() != first.width() || picture.height() != first.height()) {
        return null;
      }
    }
    return new Dimension(first.width(), first.height());
  }

  /** Whether both get the same results side by side as alone. */
  boolean joins(BatchCall other) {
    return (size == null ? other.size == null : size.equals(other.size))
        && options.equals(other.options);
  }

  /** Whether it must not start any more; its thread finds that out by itself. */
  boolean isOver() {
    return deadline.isOver() || thread.isInterrupted();
  }

  /** Whether there are results, or the call is to be predicted by its own thread. */
  boolean isSettled() {
    Batch of = batch;
    return of != null && of.isSettled();
  }

  /** Has the thread of the call look how it stands. It takes no lock to see that it is done. */
  void wake() {
    isCalled = true;
    LockSupport.unpark(thread);
  }

  /** Until the next {@link #wake()}, or the end of the call. */
  void pause() {
    while (!isCalled && !isOver()) {
      LockSupport.park(this);
    }
    isCalled = false;
  }

  Duration waitedUntil(long now) {
    return Duration.ofNanos(now - since);
  }
}
