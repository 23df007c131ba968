// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.serve.internal.http;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The time by which a request must be answered.
 *
 * @param clock nanoseconds
 * @param start when the request came
 * @param nanos what it was given
 */
public record Deadline(LongSupplier clock, long start, long nanos) {
  /** What is left, at least zero. */
  public Duration left() {
    return Duration.ofNanos(Math.max(0, nanos - (clock.getAsLong() - start)));
  }

  /** The same, or an earlier one. */
  public Deadline atMost(Duration allowed) {
    return new Deadline(clock, start, Math.min(nanos, allowed.toNanos()));
  }

  /** Nanoseconds since the request came. */
  public long spent() {
    return clock.getAsLong() - start;
  }

  /**
   * To be called before work begins.
   *
   * @throws HttpFailure if the time is over
   */
  public void check() {
    if (left().isZero()) {
      throw over();
    }
  }

  /** The time is over. */
  public HttpFailure over() {
    return new HttpFailure(
        503,
        "timeout",
        "A request must be answered within "
            + nanos / 1_000_000
            + " ms, but this one had to wait for longer; send it again later.");
  }
}
