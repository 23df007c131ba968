// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
  private static final Map<String, String> DEFAULTS = Map.of("batch", "1,8", "model", "yolo11n");

  @Test
  void replacesDefaults() {
    Arguments arguments = Arguments.of(List.of("batch=2,4"), DEFAULTS);
    assertEquals(List.of(2, 4), arguments.counts("batch"));
    assertEquals("yolo11n", arguments.text("model"));
  }

  @Test
  void refusesUnknownKeysAndWords() {
    for (String argument : List.of("batches=2", "batch")) {
      String message =
          assertThrows(
                  IllegalArgumentException.class, () -> Arguments.of(List.of(argument), DEFAULTS))
              .getMessage();
      assertTrue(message.contains("'" + argument + "'"), message);
    }
  }

  @Test
  void refusesWhatIsNoCount() {
    for (String value : List.of("0", "-1", "many", "", "1.5")) {
      Arguments arguments = Arguments.of(List.of("batch=" + value), DEFAULTS);
      assertThrows(IllegalArgumentException.class, () -> arguments.counts("batch"), value);
    }
  }
}
