// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import java.io.PrintStream;
import java.util.function.LongSupplier;

/** One line that is written over: how many of how many are done, how fast, how long still. */
final class CountProgress {
  private static final double SECOND = 1e9;
  private static final double SHOWN_AFTER = 2 * SECOND;
  private static final double BETWEEN_UPDATES = 0.1 * SECOND;

  private final PrintStream err;
  private final String words;
  private final LongSupplier nanos;
  private final long start;
  private long last;
  private int open;

  /**
   * Starts the clock.
   *
   * @param err a terminal, or null to print nothing
   * @param words what is counted, such as pictures
   */
  CountProgress(PrintStream err, String words, LongSupplier nanos) {
    this.err = err;
    this.words = words;
    this.nanos = nanos;
    this.start = nanos.getAsLong();
    this.last = start;
  }

  void update(int done, int all) {
    long now = nanos.getAsLong();
    if (err == null || now - start < SHOWN_AFTER || now - last < BETWEEN_UPDATES) {
      return;
    }
    last = now;
    double rate = done / ((now - start) / SECOND);
    long left = Math.round((all - done) / rate);
    String text =
        done
            + "/"
            + all
            + " "
            + words
            + "  "
            + Console.tenths(rate)
            + "/s  "
            + left / 60
            + (left % 60 < 10 ? ":0" : ":")
            + left % 60
            + " left";
    err.print("\r" + text + " ".repeat(Math.max(0, open - text.length())));
    err.flush();
    open = text.length();
  }

  /** What is said next stands alone. */
  void clear() {
    if (open > 0) {
      err.print("\r" + " ".repeat(open) + "\r");
      err.flush();
      open = 0;
    }
  }
}
