// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.runner;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.yolotorch.benchmarks.peer.Unavailable;

/**
 * The short form of every question, with lines {@code FIGURE name=value unit}. What is missing, or
 * does not fit into the time any more, is said and left out.
 */
final class Ci {
  private static final Duration TIME = Duration.ofSeconds(300);

  /** Peers of ours by what the figures call them. */
  private static final Map<String, String> PRECISIONS =
      new TreeMap<>(Map.of("fp32", "ours", "bf16", "ours-bf16"));

  private interface Question {
    void ask() throws Exception;
  }

  private final Instant end = Instant.now().plus(TIME);
  private boolean sound = true;

  /**
   * Asks everything.
   *
   * @return false if yolotorch itself failed, or found other boxes than it should
   */
  boolean run() throws Exception {
    ask("the forward pass, batch 1", () -> forward(1, "rounds=3", "iterations=6", "warmup=6"));
    ask("the forward pass, batch 8", () -> forward(8, "rounds=2", "iterations=2", "warmup=1"));
    ask("from JPEG to boxes", this::endToEnd);
    ask("letterbox and suppression", this::vision);
    ask("rectangles", this::rectangles);
    ask("the start", this::start);
    ask("many callers", () -> Callers.measure(List.of("rounds=1", "pictures=96")));
    ask("the server", () -> Main.serve(List.of("rounds=1", "seconds=6", "overload=10")));
    ask("a process of its own", () -> Isolated.measure(List.of("rounds=3")));
    ask("a training", () -> Train.measure(List.of("rounds=1", "imgsz=320", "fraction=0.25")));
    ask("the accuracy", this::accuracy);
    for (String model : Comparisons.TASKS) {
      ask(model, () -> task(model));
    }
    return sound;
  }

  private void ask(String what, Question question) throws Exception {
    if (Instant.now().isAfter(end)) {
      System.out.println("Skipped: " + what + ", the time is used up");
      return;
    }
    try {
      question.ask();
    } catch (Unavailable e) {
      System.out.println("Skipped: " + what + ", " + e.getMessage());
    }
  }

  private void forward(int batch, String... plan) throws Exception {
    String peers = String.join(",", PRECISIONS.values()) + ",onnxruntime";
    List<String> arguments =
        new ArrayList<>(List.of("report=ci-batch" + batch, "batch=" + batch, "peers=" + peers));
    arguments.addAll(List.of(plan));
    Comparison comparison = Comparisons.forward(arguments).get(0);
    PRECISIONS.forEach(
        (precision, peer) -> {
          String name = precision + "_batch" + batch;
          speed(comparison, peer, name);
          if (batch == 1) {
            row(comparison, peer)
                .forEach(
                    row ->
                        figure("MEMORY_" + name + "_vs_onnxruntime", row.memoryRatio(), "times"));
          }
        });
    requireEqual(comparison);
  }

  private void task(String model) throws Exception {
    List<String> plan =
        List.of("report=ci-" + model, "model=" + model, "rounds=2", "iterations=3", "warmup=3");
    Comparison comparison = Comparisons.tasks(plan).get(0);
    speed(comparison, "ours", model.replaceAll("[.-]", "_") + "_batch1");
    requireEqual(comparison);
  }

  private void endToEnd() throws Exception {
    Comparison comparison =
        Comparisons.endToEnd(
                List.of(
                    "report=ci-endtoend", "peers=ours,djl", "rounds=2", "iterations=5", "warmup=4"))
            .get(0);
    speed(comparison, "ours", "jpeg_to_boxes");
    requireOurs(comparison);
  }

  private void vision() throws Exception {
    Vision.Outcome outcome = Vision.measure(List.of());
    figure(
        "SPEED_letterbox_and_nms_1080p",
        outcome.letterbox().median() + outcome.nms().median(),
        "ms");
  }

  private void rectangles() throws Exception {
    Rectangles.Outcome outcome = Rectangles.measure(List.of("rounds=2"));
    figure("SPEED_rect_vs_square_folder", outcome.ratio(), "times");
  }

  private void start() throws Exception {
    Map<String, Timing> timings = ColdStart.measure(List.of("runs=3"));
    figure("SPEED_first_boxes_warm_cache", timings.get(ColdStart.WARM).median(), "s");
    figure("SPEED_first_boxes_cold_cache", timings.get(ColdStart.COLD).median(), "s");
  }

  private void accuracy() throws Exception {
    Agreement agreement = Accuracy.measure(List.of());
    figure("ACCURACY_optimised_corners", agreement.pixels(), "px");
    figure("ACCURACY_optimised_confidence", agreement.confidence(), "difference");
    figure("ACCURACY_optimised_boxes_lost", agreement.alone(), "boxes");
    sound &= agreement.equal();
  }

  private static List<Comparison.Row> row(Comparison comparison, String peer) {
    return comparison.rows().stream().filter(row -> row.peer().equals(peer)).toList();
  }

  /** The ratios of one peer, if both it and the base took part. */
  private static void speed(Comparison comparison, String peer, String name) {
    String against = "_vs_" + comparison.base().replace('-', '_');
    for (Comparison.Row row : row(comparison, peer)) {
      figure("SPEED_" + name + against, row.medianRatio(), "times");
      figure("SPEED_" + name + "_network_alone" + against, row.forwardRatio(), "times");
      figure("SPEED_" + name + "_cores_used_by_others", 100 * comparison.others(), "%");
    }
  }

  /** That ours took part, unless it lacks a file. */
  private void requireOurs(Comparison comparison) {
    String skipped = comparison.skipped().get("ours");
    sound &= skipped == null || skipped.startsWith(Unavailable.class.getSimpleName());
  }

  /** That it found what the base found, too. */
  private void requireEqual(Comparison comparison) {
    requireOurs(comparison);
    for (Comparison.Row row : row(comparison, "ours")) {
      sound &= row.agreement() == null || row.agreement().equal();
    }
  }

  private static void figure(String name, double value, String unit) {
    if (!Double.isNaN(value)) {
      System.out.printf(Locale.ROOT, "FIGURE %s=%.3g %s%n", name, value, unit);
    }
  }
}
