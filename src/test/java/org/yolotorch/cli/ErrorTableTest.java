// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.yolotorch.ErrorCode;
import org.yolotorch.YoloException;

/** docs/errors.md says of every error what the code does. */
class ErrorTableTest {
  @Test
  void everyErrorIsInTheTable() throws IOException {
    Map<String, String[]> rows = new HashMap<>();
    for (String line : Files.readAllLines(Path.of("docs/errors.md"))) {
      String[] cells = line.split("\\s*\\|\\s*");
      if (cells.length == 7 && cells[1].matches("\\d+")) {
        rows.put(cells[2], cells);
      }
    }
    for (ErrorCode code : ErrorCode.values()) {
      String[] cells = rows.remove("`" + code + "`");
      assertNotNull(cells, code + " is missing");
      assertEquals(Integer.toString(code.number()), cells[1]);
      String type = cells[3].replaceAll("`YoloException\\.(\\w+)`", "$1");
      assertTrue(
          type.equalsIgnoreCase(code.name().replace("_", ""))
              && isErrorClass(YoloException.class.getName() + "$" + type),
          type);
      assertTrue(cells[4].matches("[A-Z].+\\.") && cells[5].matches("[A-Z].+\\."), code.name());
      assertEquals(Integer.toString(Main.exitCode(code)), cells[6]);
    }
    assertTrue(rows.isEmpty(), "rows of no error: " + rows.keySet());
  }

  private static boolean isErrorClass(String name) {
    try {
      return YoloException.class.isAssignableFrom(Class.forName(name));
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
