// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.runner;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yolotorch.benchmarks.peer.Job;

/** {@code benchmarks/run QUESTION key=value ...}; see benchmarks/README.md. */
public final class Main {
  private static final Path RESULTS = Path.of("benchmarks/results");

  private Main() {}

  public static void main(String[] arguments) throws Exception {
    if (arguments.length == 0) {
      fail("A question was expected (forward), but none came; see benchmarks/README.md.");
      return;
    }
    List<String> rest = Arrays.asList(arguments).subList(1, arguments.length);
    try {
      switch (arguments[0]) {
        case "forward" -> forward(rest);
        default ->
            fail("The question '" + arguments[0] + "' is not known; see benchmarks/README.md.");
      }
    } catch (IllegalArgumentException e) {
      fail(e.getMessage());
    }
  }

  private static void fail(String message) {
    System.err.println(message);
    System.exit(2);
  }

  static Path assets() {
    String folder = System.getenv("YOLOTORCH_ASSETS");
    return Path.of(folder == null ? "../shared/assets" : folder).toAbsolutePath().normalize();
  }

  private static Map<String, String> defaults() {
    Map<String, String> defaults = new LinkedHashMap<>();
    defaults.put("model", "yolo11n");
    defaults.put("batch", "1,8");
    defaults.put("peers", "ours,ours-0,onnxruntime,djl,opencv,presets,presets-blas1");
    defaults.put("base", "onnxruntime");
    defaults.put("threads", "2");
    defaults.put("runs", "3");
    defaults.put("rounds", "5");
    defaults.put("iterations", "8");
    defaults.put("warmup", "10");
    return defaults;
  }

  private static void forward(List<String> rest) throws Exception {
    Arguments arguments = Arguments.of(rest, defaults());
    Interleaving plan =
        new Interleaving(
            arguments.count("rounds"), arguments.count("iterations"), arguments.count("warmup"));
    Report report = new Report(RESULTS, "forward", "The forward pass, peers in turns");
    for (String model : arguments.list("model")) {
      for (int batch : arguments.counts("batch")) {
        Job job = new Job(Job.Question.FORWARD, assets(), model, batch, arguments.count("threads"));
        Comparison comparison =
            Comparison.run(
                arguments.list("peers"),
                arguments.text("base"),
                job,
                plan,
                arguments.count("runs"));
        System.out.println(report.add(comparison));
      }
    }
    report.say(Machine.describe());
    System.out.println("report: " + report.write());
  }
}
