// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.jmh;

import java.nio.file.Path;
import java.util.List;
import org.yolotorch.LoadOptions;
import org.yolotorch.Yolo;
import org.yolotorch.benchmarks.peer.Inputs;
import org.yolotorch.benchmarks.peer.Job;
import org.yolotorch.benchmarks.peer.Unavailable;
import org.yolotorch.benchmarks.runner.Main;

/** What the benchmarks share. */
final class Setting {
  private Setting() {}

  /** A model of the assets, at its default level, with two cores. */
  static Yolo model(String name) throws Unavailable {
    return Yolo.load(
        Job.ofOne(Main.assets(), name, 2).forYolotorch(), LoadOptions.builder().threads(2).build());
  }

  static List<Path> pictures() throws Exception {
    return Inputs.files(Main.assets());
  }
}
