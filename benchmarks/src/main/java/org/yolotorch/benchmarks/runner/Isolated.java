// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.runner;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.yolotorch.Image;
import org.yolotorch.LoadOptions;
import org.yolotorch.PredictOptions;
import org.yolotorch.Yolo;
import org.yolotorch.benchmarks.peer.Inputs;
import org.yolotorch.benchmarks.peer.Job;

/** What it costs to run a model in a process of its own, in turns with one in this process. */
final class Isolated {
  private Isolated() {}

  static void measure(List<String> arguments) throws Exception {
    Arguments options = Arguments.of(arguments, Map.of("model", "yolo11n", "rounds", "30"));
    Path model = Job.ofOne(Main.assets(), options.text("model"), 1).forYolotorch();
    Image picture = Image.read(Inputs.files(Main.assets()).get(0));
    List<Double> here = new ArrayList<>();
    List<Double> there = new ArrayList<>();
    List<Double> starts = new ArrayList<>();
    double memory = 0;
    LoadOptions isolated = LoadOptions.builder().isolated(true).build();
    try (Yolo own = Yolo.load(model)) {
      for (int start = 0; start < 3; start++) {
        long before = System.nanoTime();
        try (Yolo other = Yolo.load(model, isolated)) {
          starts.add((System.nanoTime() - before) / 1e9);
          milliseconds(own, picture);
          milliseconds(other, picture);
          for (int round = 0; round < options.count("rounds"); round++) {
            here.add(milliseconds(own, picture));
            there.add(milliseconds(other, picture));
          }
          memory = Math.max(memory, child().peak());
        }
      }
    }
    double added = Timing.of(there).median() - Timing.of(here).median();
    figure("isolated_ms_added", added, "ms");
    figure("isolated_start_s", Timing.of(starts).median(), "s");
    figure("isolated_child_mb", memory, "MiB");
  }

  private static double milliseconds(Yolo model, Image picture) {
    long start = System.nanoTime();
    model.predict(List.of(picture), PredictOptions.defaults());
    return (System.nanoTime() - start) / 1e6;
  }

  private static ProcessMemory child() throws IOException {
    long youngest =
        ProcessHandle.current()
            .children()
            .filter(ProcessHandle::isAlive)
            .mapToLong(ProcessHandle::pid)
            .max()
            .orElseThrow();
    return ProcessMemory.ofProcess(Long.toString(youngest));
  }

  private static void figure(String name, double value, String unit) {
    System.out.printf(Locale.ROOT, "FIGURE %s=%.2f %s%n", name, value, unit);
  }
}
