// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.yolotorch.ImageSize;
import org.yolotorch.ModelInfo;
import org.yolotorch.Task;

class NativeTextTest {
  @Test
  void readsEveryFact() {
    ModelInfo info =
        NativeText.parse(
                "kind checkpoint\ntask detect\nfamily yolo11\nscale n\nimgsz 480 640\nstride 32\n"
                    + "batch 2\nchannels 3\ndynamic 1\nnms true\nparameters 2616248\n"
                    + "parameters_raw 2624080\ngflops 6.5\nsppf_activation SiLU\nkpt_shape 17 3\n"
                    + "description two\\nlines and a \\\\ stroke\nlicense\n"
                    + "name 10 fire hydrant\nname 2 car\nwarning first one\n"
                    + "warning second\n")
            .modelInfo();
    assertEquals(Task.DETECT, info.task());
    assertEquals(new ImageSize(480, 640), info.imgsz());
    assertEquals(2, info.batch());
    assertTrue(info.dynamic());
    assertTrue(info.nms());
    assertEquals(2_616_248, info.parameters());
    assertEquals(2_624_080, info.parametersRaw());
    assertEquals(6.5, info.gflops());
    assertEquals(17, info.keypoints());
    assertEquals(3, info.keypointValues());
    assertEquals("two\nlines and a \\ stroke", info.description());
    assertEquals("", info.license());
    assertEquals("", info.date());
    assertEquals(Map.of(2, "car", 10, "fire hydrant"), info.names());
    assertEquals(List.of(2, 10), List.copyOf(info.names().keySet()));
    assertEquals(List.of("first one", "second"), info.warnings());
  }
}
