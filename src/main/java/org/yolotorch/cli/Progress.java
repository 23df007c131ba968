// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

/** A progress bar with rate and remaining time on the last line of a terminal. */
final class Progress {
  private static final long NANOS_BEFORE = 2_000_000_000L;
  private static final long NANOS_BETWEEN = 100_000_000L;
  private static final int BAR = 20;

  private final PrintStream err;
  private final boolean shown;
  private final LongSupplier nanos;
  private final long start;
  private long last;
  private int open;

  Progress(PrintStream err, boolean shown, LongSupplier nanos) {
    this.err = err;
    this.shown = shown;
    this.nanos = nanos;
    this.start = nanos.getAsLong();
  }

  /**
   * Shows the progress.
   *
   * @param total how many there will be; 0 if that is not known
   */
  void at(long done, long total) {
    long now = nanos.getAsLong();
    if (!shown || now - start < NANOS_BEFORE || now - last < NANOS_BETWEEN) {
      return;
    }
    last = now;
    print(line(done, total, (now - start) / 1e9));
  }

  /** Shows a line of the caller's. */
  void show(String text) {
    long now = nanos.getAsLong();
    if (!shown || open > 0 && now - last < NANOS_BETWEEN) {
      return;
    }
    last = now;
    print(text);
  }

  private void print(String text) {
    err.print("\r" + text + " ".repeat(Math.max(0, open - text.length())));
    err.flush();
    open = text.length();
  }

  private static String line(long done, long total, double seconds) {
    double rate = done / seconds;
    String speed = String.format(Locale.ROOT, "%.1f/s", rate);
    if (total < done || total == 0) {
      return done + "  " + speed;
    }
    int full = (int) (BAR * done / total);
    long left = rate > 0 ? Math.round((total - done) / rate) : 0;
    return String.format(
        Locale.ROOT,
        "[%s%s] %d/%d  %s  %d:%02d left",
        "=".repeat(full),
        " ".repeat(BAR - full),
        done,
        total,
        speed,
        left / 60,
        left % 60);
  }

  /** Takes the bar away, so that a line can be printed; the next call of {@link #at} brings it. */
  void clear() {
    if (open > 0) {
      err.print("\r" + " ".repeat(open) + "\r");
      err.flush();
      open = 0;
      last = 0;
    }
  }
}
