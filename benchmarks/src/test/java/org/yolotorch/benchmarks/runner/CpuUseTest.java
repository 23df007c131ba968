// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class CpuUseTest {
  @Test
  void tellsWhatIsLeftForOthers() {
    // In 10 s of two cores 15 were used, 10 of them by us.
    assertEquals(0.25, new CpuUse(1, 5, 100).othersUntil(new CpuUse(11, 20, 120)), 1e-9);
    // Our own time is counted more finely than the machine's.
    assertEquals(0, new CpuUse(0, 0, 0).othersUntil(new CpuUse(10.01, 10, 20)));
  }

  @Test
  void readsThisMachine() throws Exception {
    CpuUse now = CpuUse.now(List.of(ProcessHandle.current()));
    assertTrue(now.own() > 0 && now.own() <= now.busy() && now.busy() < now.total(), now::toString);
  }
}
