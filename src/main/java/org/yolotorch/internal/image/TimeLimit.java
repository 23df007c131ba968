// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.image;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.yolotorch.YoloException;

/** Time limit for decoding one picture; it starts when this object is created. */
public final class TimeLimit {
  /** For pictures that are decoded already. */
  public static final TimeLimit NONE = new TimeLimit("", Duration.ofNanos(Long.MAX_VALUE));

  private final String name;
  private final Duration allowed;
  private final long allowedNanos;
  private final LongSupplier nanoTime;
  private final long start;

  public TimeLimit(String name, Duration allowed) {
    this(name, allowed, System::nanoTime);
  }

  /** Takes the time from a clock of the caller, in nanoseconds. */
  TimeLimit(String name, Duration allowed, LongSupplier nanoTime) {
    this.name = name;
    this.allowed = allowed;
    this.allowedNanos = allowed.toNanos();
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong();
  }

  public boolean isOver() {
    return nanoTime.getAsLong() - start >= allowedNanos;
  }

  public void check() {
    if (isOver()) {
      throw failure(null);
    }
  }

  public YoloException failure(Throwable cause) {
    return new YoloException.InvalidImage(
        "A picture must be decoded within "
            + allowed.toMillis() / 1e3
            + " s, but "
            + name
            + " took longer; re-encode it, or give more decodeTime if it is to be trusted.",
        cause);
  }
}
