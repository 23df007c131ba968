// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PeersTest {
  private static final Path NOWHERE = Path.of("no such folder");

  @Test
  void readsVariablesOfAName() {
    assertEquals(Map.of(), Peers.environment("ours-3"));
    assertEquals(Map.of("A", "1", "B", "x=y"), Peers.environment("presets+A=1+B=x=y"));
    for (String wrong : List.of("presets+A", "ours+OMP_WAIT_POLICY=ACTIVE")) {
      assertThrows(IllegalArgumentException.class, () -> Peers.environment(wrong), wrong);
    }
  }

  @Test
  void refusesUnknownNames() {
    Job job = new Job(Job.Question.FORWARD, NOWHERE, "yolo11n", 1, 2);
    for (String name : List.of("theirs", "ours-9", "ours-fast")) {
      assertThrows(IllegalArgumentException.class, () -> Peers.open(name, job), name);
    }
  }

  @Test
  void saysWhatIsMissing() {
    for (Job.Question question : Job.Question.values()) {
      Job job = new Job(question, NOWHERE, "yolo11n", 1, 2);
      for (String name : List.of("ours", "onnxruntime", "djl", "opencv", "presets")) {
        assertThrows(Unavailable.class, () -> Peers.open(name, job), name);
      }
    }
  }
}
