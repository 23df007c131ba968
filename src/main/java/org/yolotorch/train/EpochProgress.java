// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.train;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.yolotorch.internal.bridge.NativeTraining;

/** Counts what an epoch has learnt so far, and its time. */
final class EpochProgress {
  private static final double NANOS = 1e9;

  private final TrainState state;
  private final int pictures;
  private final int batch;
  private final int first;
  private final LongSupplier nanos;
  private final long begin;
  private long waited;

  /** Begins with the batch that the state names, of an epoch of so many pictures. */
  EpochProgress(TrainState state, int pictures, int batch, LongSupplier nanos) {
    this.state = state;
    this.pictures = pictures;
    this.batch = batch;
    this.first = state.batch;
    this.nanos = nanos;
    this.begin = nanos.getAsLong();
  }

  /** Counts the time of this as waiting. */
  int timed(IntSupplier work) {
    long before = nanos.getAsLong();
    int result = work.getAsInt();
    waited += nanos.getAsLong() - before;
    return result;
  }

  /** Adds a batch to the state; where the training is behind it. */
  BatchProgress add(NativeTraining.Learnt learnt) {
    state.batch++;
    List<Double> means = new ArrayList<>();
    for (int i = 0; i < state.sums.length; i++) {
      state.sums[i] += learnt.items()[i];
      means.add(state.sums[i] / state.batch);
    }
    double seconds = (nanos.getAsLong() - begin) / NANOS;
    int batches = (pictures + batch - 1) / batch;
    int done = state.batch - first;
    int learned = Math.min(state.batch * batch, pictures) - first * batch;
    return new BatchProgress(
        state.epoch + 1,
        state.epochs,
        state.batch,
        batches,
        List.copyOf(means),
        learnt.labels(),
        learnt.side(),
        seconds > 0 ? learned / seconds : 0,
        seconds / done * (batches - state.batch),
        seconds > 0 ? waited / NANOS / seconds : 0);
  }
}
