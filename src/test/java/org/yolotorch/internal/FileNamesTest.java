// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileNamesTest {
  @ParameterizedTest
  @CsvSource({
    "yolo11n.pt, yolo11n.torchscript",
    "../zz/evil.pt, evil.torchscript",
    "/etc/cron.d/evil.pt, evil.torchscript",
    "..\\..\\evil.pt, evil.torchscript",
    "C:\\Users\\x\\evil.pt, evil.torchscript",
    "a/.., _..torchscript",
    ".., _..torchscript",
    "a/, _.torchscript",
    "/, _.torchscript",
    "'.pt', .pt.torchscript",
    "a/b\\../c.yaml, c.torchscript",
    "nul.pt, _nul.torchscript",
    "file:///a/b.pt?x=1, b.torchscript",
    "\u0444\u043E.pt, \u0444\u043E.torchscript"
  })
  void labelsOfModelsBecomeNamesInTheWorkingFolder(String label, String name) {
    assertEquals(name, FileNames.archive(label));
  }

  @Test
  void noLabelLeadsElsewhere() {
    for (String label :
        new String[] {
          "\u202E/../x\u001b.pt",
          "a\nb.pt",
          "x".repeat(5000) + ".pt",
          "\u2028",
          "/".repeat(99),
          "~/a.pt"
        }) {
      String name = FileNames.archive(label);
      assertTrue(name.getBytes(StandardCharsets.UTF_8).length < 255, name);
      assertTrue(name.codePoints().noneMatch(PlainText::steers), name);
      Path path = Path.of(name);
      assertEquals(1, path.getNameCount());
      assertEquals(Path.of("w", name), Path.of("w").resolve(path).normalize());
    }
  }
}
