// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DownloadProgressTest {
  private static final long MEGABYTE = 1 << 20;
  private static final URI ADDRESS = URI.create("https://a/yolo11n.pt");
  private static final Path FILE = Path.of("cache/yolo11n.pt");
  private static final String LICENCE =
      "Weights carry their own licence: those of Ultralytics are AGPL-3.0 unless you have bought"
          + " another one.\n";

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private double seconds;

  private DownloadProgress progress(boolean terminal) {
    PrintStream err = new PrintStream(bytes, false, StandardCharsets.UTF_8);
    return new DownloadProgress(err, terminal, () -> (long) (seconds * 1e9));
  }

  private String printed() {
    String text = bytes.toString(StandardCharsets.UTF_8);
    bytes.reset();
    return text;
  }

  @Test
  void oneLineOnATerminal() {
    DownloadProgress progress = progress(true);
    progress.started(ADDRESS, FILE, 0, 200 * MEGABYTE);
    assertEquals(
        "Downloading https://a/yolo11n.pt to '" + FILE + "' (200.0 MB)\n" + LICENCE, printed());
    seconds = 0.05;
    progress.progressed(MEGABYTE, 200 * MEGABYTE);
    assertEquals("", printed());
    seconds = 1;
    progress.progressed(2 * MEGABYTE, 200 * MEGABYTE);
    assertEquals("\r1 %  2.0 of 200.0 MB  2.0 MB/s  1:39 left", printed());
    seconds = 20;
    progress.progressed(100 * MEGABYTE, 200 * MEGABYTE);
    assertEquals("\r50 %  100.0 of 200.0 MB  5.0 MB/s  0:20 left", printed());
    progress.note("Something.");
    assertEquals("\nSomething.\n", printed());
    seconds = 25;
    progress.progressed(200 * MEGABYTE - 1, 200 * MEGABYTE);
    assertEquals("\r99 %  200.0 of 200.0 MB  8.0 MB/s  0:00 left", printed());
    progress.progressed(200 * MEGABYTE, 200 * MEGABYTE);
    assertEquals("\r100 %  200.0 of 200.0 MB  8.0 MB/s  0:00 left", printed());
    progress.finished(FILE);
    assertEquals("\nDownloaded in 25.0 s (8.0 MB/s)\n", printed());
  }

  @Test
  void shorterLineCoversALongerOne() {
    DownloadProgress progress = progress(true);
    progress.started(ADDRESS, FILE, 0, -1);
    assertEquals("Downloading https://a/yolo11n.pt to '" + FILE + "'\n" + LICENCE, printed());
    seconds = 1;
    progress.progressed(10 * MEGABYTE, -1);
    assertEquals("\r10.0 MB  10.0 MB/s", printed());
    seconds = 2;
    progress.progressed(11 * MEGABYTE, -1);
    assertEquals("\r11.0 MB  5.5 MB/s ", printed());
    progress.closeLine();
    progress.closeLine();
    assertEquals("\n", printed());
  }

  @Test
  void fewLinesElsewhere() {
    DownloadProgress progress = progress(false);
    progress.started(ADDRESS, FILE, 4 * MEGABYTE, 8 * MEGABYTE);
    assertEquals(
        "Downloading https://a/yolo11n.pt to '"
            + FILE
            + "' (8.0 MB, 4.0 MB of it are there already)\n"
            + LICENCE,
        printed());
    seconds = 4.9;
    progress.progressed(5 * MEGABYTE, 8 * MEGABYTE);
    assertEquals("", printed());
    seconds = 5;
    progress.progressed(6 * MEGABYTE, 8 * MEGABYTE);
    assertEquals("75 %  6.0 of 8.0 MB  0.4 MB/s  0:05 left\n", printed());
    seconds = 8;
    progress.progressed(8 * MEGABYTE, 8 * MEGABYTE);
    progress.finished(FILE);
    assertEquals("Downloaded in 8.0 s (0.5 MB/s)\n", printed());
  }
}
