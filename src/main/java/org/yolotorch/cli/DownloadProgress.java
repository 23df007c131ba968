// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import org.yolotorch.Weights;
import org.yolotorch.internal.PlainText;

/**
 * Prints the progress of a download: one line that is overwritten on a terminal, else a few lines.
 */
final class DownloadProgress implements Weights.Listener {
  private static final double MEGABYTE = 1 << 20;
  private static final double SECOND = 1e9;
  private static final double BETWEEN_LINES = 5 * SECOND;
  private static final double BETWEEN_UPDATES = 0.1 * SECOND;

  private final PrintStream err;
  private final boolean terminal;
  private final LongSupplier nanos;
  private long startBytes;
  private long startNanos;
  private long lastNanos;
  private long present;

  /** Length of the unfinished line on the terminal, in characters. */
  private int open;

  DownloadProgress(PrintStream err, boolean terminal, LongSupplier nanos) {
    this.err = err;
    this.terminal = terminal;
    this.nanos = nanos;
  }

  @Override
  public void started(URI address, Path file, long present, long bytes) {
    String rest = present > 0 ? ", " + megabytes(present) + " MB of it are there already" : "";
    String size = bytes < 0 ? "" : " (" + megabytes(bytes) + " MB" + rest + ")";
    err.println(PlainText.of("Downloading " + address + " to '" + file + "'" + size));
    err.println(
        "Weights carry their own licence: those of Ultralytics are AGPL-3.0 unless you have bought"
            + " another one.");
    startBytes = present;
    startNanos = nanos.getAsLong();
    lastNanos = startNanos;
  }

  @Override
  public void progressed(long present, long bytes) {
    this.present = present;
    long now = nanos.getAsLong();
    boolean whole = terminal && present == bytes;
    if (!whole && now - lastNanos < (terminal ? BETWEEN_UPDATES : BETWEEN_LINES)) {
      return;
    }
    lastNanos = now;
    String text = line(present, bytes, now);
    if (terminal) {
      err.print("\r" + text + " ".repeat(Math.max(0, open - text.length())));
      err.flush();
      open = text.length();
    } else {
      err.println(text);
    }
  }

  private String line(long present, long bytes, long now) {
    double rate = rate(now);
    if (bytes <= 0) {
      return megabytes(present) + " MB  " + megabytes(rate) + " MB/s";
    }
    String left = "";
    if (rate > 0) {
      long seconds = Math.round((bytes - present) / rate);
      left = "  " + seconds / 60 + ":" + (seconds % 60 < 10 ? "0" : "") + seconds % 60 + " left";
    }
    return present * 100 / bytes
        + " %  "
        + megabytes(present)
        + " of "
        + megabytes(bytes)
        + " MB  "
        + megabytes(rate)
        + " MB/s"
        + left;
  }

  /** Bytes per second of this download, without those of earlier attempts. */
  private double rate(long now) {
    double seconds = (now - startNanos) / SECOND;
    return seconds > 0 ? Math.max(0, present - startBytes) / seconds : 0;
  }

  @Override
  public void finished(Path file) {
    closeLine();
    long now = nanos.getAsLong();
    err.println(
        "Downloaded in "
            + Console.tenths((now - startNanos) / SECOND)
            + " s ("
            + megabytes(rate(now))
            + " MB/s)");
  }

  @Override
  public void note(String sentence) {
    closeLine();
    err.println(PlainText.of(sentence));
  }

  /** Ends the unfinished line, so that the next output begins a new one. */
  void closeLine() {
    if (open > 0) {
      err.println();
      open = 0;
    }
  }

  private static String megabytes(double bytes) {
    return Console.tenths(bytes / MEGABYTE);
  }
}
