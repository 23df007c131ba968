// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.Test;

class NativeWarningsTest {
  private static final String TEXT = "a warning, made for a test";

  @Test
  void theyAreLoggedOnceAtDebug() {
    NativeLoader.load();
    List<LogRecord> records = new ArrayList<>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord record) {
            if (record.getMessage().contains("LibTorch")) {
              records.add(record);
            }
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger logger = Logger.getLogger("org.yolotorch");
    Level before = logger.getLevel();
    NativeWarnings.log();
    logger.addHandler(handler);
    logger.setLevel(Level.FINE);
    try {
      assertEquals(0, Natives.failForTest(6));
      NativeWarnings.log();
      NativeWarnings.log();
    } finally {
      logger.removeHandler(handler);
      logger.setLevel(before);
    }
    assertEquals(1, records.size());
    assertEquals(Level.FINE, records.get(0).getLevel());
    assertEquals("LibTorch: " + TEXT, new SimpleFormatter().formatMessage(records.get(0)));
    assertEquals("", Natives.takeWarning());
  }
}
