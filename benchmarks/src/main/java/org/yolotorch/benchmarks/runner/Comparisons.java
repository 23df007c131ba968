// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.runner;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yolotorch.benchmarks.peer.Job;

/** The questions that peers answer in turns. */
final class Comparisons {
  private static final Path RESULTS = Path.of("benchmarks/results");

  /** Networks of the other tasks and sizes; those by yaml with random weights. */
  static final List<String> TASKS =
      List.of(
          "yolo11n-seg",
          "yolo11n-pose",
          "yolo11n-cls",
          "shapes-obb",
          "yolo11s.yaml",
          "yolo11m.yaml");

  private Comparisons() {}

  private static Map<String, String> defaults(String report) {
    Map<String, String> defaults = new LinkedHashMap<>();
    defaults.put("report", report);
    defaults.put("threads", "2");
    defaults.put("runs", "3");
    defaults.put("rounds", "5");
    defaults.put("iterations", "8");
    defaults.put("warmup", "10");
    return defaults;
  }

  /** The network alone: every model and batch asked for, all peers in turns. */
  static List<Comparison> forward(List<String> arguments) throws Exception {
    Map<String, String> defaults = defaults("forward");
    defaults.put("model", "yolo11n");
    defaults.put("batch", "1,8");
    defaults.put(
        "peers", "ours,ours-0,onnxruntime,djl,opencv,presets,presets+OPENBLAS_NUM_THREADS=1");
    defaults.put("base", "onnxruntime");
    Arguments options = Arguments.of(arguments, defaults);
    Page page = new Page("The forward pass, peers in turns", options);
    for (String model : options.list("model")) {
      for (int batch : options.counts("batch")) {
        page.compare(
            Job.Question.FORWARD, model, batch, options.list("peers"), options.text("base"));
      }
    }
    return page.end();
  }

  /** From the bytes of a JPEG file to boxes. */
  static List<Comparison> endToEnd(List<String> arguments) throws Exception {
    Map<String, String> defaults = defaults("endtoend");
    defaults.put("model", "yolo11n");
    defaults.put("peers", "ours,ours-0,djl");
    defaults.put("base", "djl");
    Arguments options = Arguments.of(arguments, defaults);
    Page page = new Page("From a JPEG file's bytes to boxes, peers in turns", options);
    for (String model : options.list("model")) {
      page.compare(Job.Question.ENDTOEND, model, 1, options.list("peers"), options.text("base"));
    }
    return page.end();
  }

  /** The other tasks and sizes: against ONNX where there is a twin, else against plain LibTorch. */
  static List<Comparison> tasks(List<String> arguments) throws Exception {
    Map<String, String> defaults = defaults("tasks");
    defaults.put("peer", "ours");
    defaults.put("batch", "1");
    defaults.put("model", String.join(",", TASKS));
    Arguments options = Arguments.of(arguments, defaults);
    Page page = new Page("Tasks and sizes, peers in turns", options);
    for (String model : options.list("model")) {
      boolean twin = Files.exists(Main.assets().resolve("exported").resolve(model + ".onnx"));
      String base = twin ? "onnxruntime" : "ours-0";
      for (int batch : options.counts("batch")) {
        page.compare(Job.Question.FORWARD, model, batch, List.of(options.text("peer"), base), base);
      }
    }
    return page.end();
  }

  /** Comparisons of one plan, printed one by one and written together. */
  private static final class Page {
    private final Arguments options;
    private final Report report;
    private final List<Comparison> comparisons = new ArrayList<>();

    Page(String title, Arguments options) {
      this.options = options;
      report = new Report(RESULTS, options.text("report"), title);
    }

    void compare(Job.Question question, String model, int batch, List<String> peers, String base)
        throws Exception {
      Job job = new Job(question, Main.assets(), model, batch, options.count("threads"));
      Interleaving plan =
          new Interleaving(
              options.count("rounds"), options.count("iterations"), options.count("warmup"));
      Comparison comparison = Comparison.run(peers, base, job, plan, options.count("runs"));
      comparisons.add(comparison);
      System.out.println(report.add(comparison));
    }

    List<Comparison> end() throws Exception {
      report.say(
          "Milliseconds are the median of "
              + options.text("runs")
              + " interleaved runs, each of "
              + options.text("rounds")
              + " rounds of "
              + options.text("iterations")
              + " after "
              + options.text("warmup")
              + " to warm up.");
      report.say(Machine.describe());
      System.out.println("report: " + report.write());
      return comparisons;
    }
  }
}
