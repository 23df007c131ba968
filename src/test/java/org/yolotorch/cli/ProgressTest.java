// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private long now;

  private Progress progress(boolean terminal) {
    PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    return new Progress(err, terminal, () -> now);
  }

  private String said() {
    String text = bytes.toString(StandardCharsets.UTF_8);
    bytes.reset();
    return text;
  }

  @Test
  void barAppearsAfterTwoSecondsWithRateAndTimeLeft() {
    Progress progress = progress(true);
    now = 1_900_000_000L;
    progress.at(19, 400);
    assertEquals("", said());
    now = 4_000_000_000L;
    progress.at(40, 400);
    assertEquals("\r[==                  ] 40/400  10.0/s  0:36 left", said());
    now += 10_000_000;
    progress.at(41, 400);
    assertEquals("", said());
    now = 40_000_000_000L;
    progress.at(400, 400);
    assertTrue(said().startsWith("\r[====================] 400/400  10.0/s  0:00 left"));
    progress.clear();
    assertTrue(said().matches("\r +\r"));
    progress.clear();
    assertEquals("", said());
  }

  @Test
  void unknownTotalHasNoBarAndAFileHasNone() {
    Progress progress = progress(true);
    now = 10_000_000_000L;
    progress.at(50, 0);
    assertEquals("\r50  5.0/s", said());
    Progress silent = progress(false);
    now = 20_000_000_000L;
    silent.at(50, 100);
    silent.clear();
    assertEquals("", said());
  }
}
