// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.yolotorch.Yolo;
import org.yolotorch.support.Assets;

/** The arguments that bound what the program of an archive may do. */
class LimitMainTest extends CommandLineRun {
  private final String source = "source=" + Assets.picture("bus.jpg");

  @Test
  void aProgramEndsAtItsTimeout() {
    String loop = "model=" + Assets.cases("trust/loop_forever.torchscript");
    assertEquals(1, run("predict", loop, source, "save=False", "trusted", "timeout=0.2"));
    assertTrue(err.contains("must be done within its timeout of 0.2 s, but was not"), err);
    assertTrue(Yolo.healthy());
  }

  @Test
  void timesAreChecked() {
    for (String wrong : new String[] {"timeout=-1", "timeout=86401", "timeout=soon"}) {
      assertEquals(2, run("predict", source, wrong));
      assertTrue(err.contains("timeout must be "), err);
    }
  }

  @Test
  void anIsolatedModelFindsTheSame() {
    String model = "model=" + Assets.get("exported/yolo11n.torchscript");
    assertEquals(0, run("predict", model, source, "save=False", "timeout=0"), err);
    String here = objects();
    assertEquals(0, run("predict", model, source, "save=False", "isolated"), err);
    assertEquals(here, objects());
  }

  /** The line of the picture without its time. */
  private String objects() {
    String line = out.lines().filter(text -> text.startsWith("image 1/1")).findFirst().orElse("");
    assertTrue(line.contains("bus"), out);
    return line.substring(0, line.lastIndexOf(','));
  }

  @Test
  void isolationBelongsToWhatRunsOnPictures() {
    String model = "model=" + Assets.get("weights/yolo11n.pt");
    assertEquals(2, run("export", model, "isolated=True"));
    assertTrue(err.contains("isolated"), err);
  }
}
