// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.val;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.yolotorch.Task;
import org.yolotorch.YoloException;

class ValOptionsTest {
  @Test
  void optionsOutOfRangeAreRefused() {
    ValOptions.Builder builder = ValOptions.builder(Path.of("data.yaml"));
    assertThrows(YoloException.InvalidArgument.class, () -> builder.split("dev").build());
    builder.split("test").batch(-1);
    assertThrows(YoloException.InvalidArgument.class, builder::build);
    builder.batch(1024).conf(1.5);
    assertThrows(YoloException.InvalidArgument.class, builder::build);
    builder.conf(null).maxDet(0);
    assertThrows(YoloException.InvalidArgument.class, builder::build);
    assertEquals(0.01, builder.maxDet(1).build().predictOptions(Task.OBB, 0).conf());
    assertEquals(0.001, builder.build().predictOptions(Task.POSE, 0).conf());
    assertTrue(builder.pictureMasks(true).build().predictOptions(Task.SEGMENT, 0).retinaMasks());
  }
}
