// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yolotorch.Batching;
import org.yolotorch.Image;
import org.yolotorch.Result;
import org.yolotorch.Speed;
import org.yolotorch.internal.SharedDeadline;

/** Calls that share a native call. The lock of their {@link Batcher} guards what changes. */
final class Batch {
  /** In the order in which they came. */
  final List<BatchCall> calls;

  /** Of the native call, if there are several callers. */
  final SharedDeadline end;

  /** Of all calls, one after another; null until the native call gave them. */
  List<Result> results;

  /** Whether each call is predicted by its own caller: there is one, or the native call failed. */
  boolean apart;

  /** Calls that are still to be predicted apart. */
  int left;

  private final int pictures;

  private final List<Duration> waits;
  private volatile boolean isSettled;
  private Optional<Speed> speed = Optional.empty();

  /** Of calls that begin now, at least one. */
  Batch(List<BatchCall> calls, long now) {
    this.calls = calls;
    this.end = new SharedDeadline(calls.size());
    this.waits = calls.stream().map(call -> call.waitedUntil(now)).toList();
    this.pictures = calls.stream().mapToInt(call -> call.pictures.size()).sum();
    if (calls.size() == 1) {
      apart = true;
      left = 1;
      isSettled = true;
    }
  }

  /** Its calls wait no longer. */
  void start() {
    int at = 0;
    for (BatchCall call : calls) {
      call.batch = this;
      call.first = at;
      at += call.pictures.size();
    }
  }

  /** Whether there are results, or the calls are predicted apart. */
  boolean isSettled() {
    return isSettled;
  }

  /** Its native call ended, with results or, if null, without. */
  void settle(List<Result> given) {
    results = given;
    if (given != null) {
      speed = Optional.of(given.get(0).speed());
    } else {
      apart = true;
      for (BatchCall call : calls) {
        left += call.gone ? 0 : 1;
      }
    }
    // Written last: who sees it, sees the rest.
    isSettled = true;
  }

  /** A call was predicted apart, without results if null; returns whether it was the last one. */
  boolean settleOne(List<Result> given) {
    if (calls.size() == 1 && given != null) {
      speed = Optional.of(given.get(0).speed());
    }
    left--;
    return left == 0;
  }

  List<Image> pictures() {
    List<Image> all = new ArrayList<>(pictures);
    for (BatchCall call : calls) {
      all.addAll(call.pictures);
    }
    return all;
  }

  List<Result> resultsOf(BatchCall call) {
    return new ArrayList<>(results.subList(call.first, call.first + call.pictures.size()));
  }

  Batching.Batch report() {
    return new Batching.Batch(pictures, waits, speed);
  }
}
