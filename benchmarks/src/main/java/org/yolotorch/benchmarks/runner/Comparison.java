// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.runner;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.yolotorch.benchmarks.peer.Job;

/**
 * Several interleaved runs of the same peers, and what follows from them together.
 *
 * @param job what all of them did
 * @param base the peer that the ratios are against
 * @param rows the peers that took part, in the order asked for
 * @param skipped reasons by peer that did not
 * @param others part of the cores that other processes used meanwhile, 0 to 1
 */
record Comparison(
    Job job, String base, List<Row> rows, Map<String, String> skipped, double others) {
  /**
   * One peer. Each number is the median over the runs; NaN where it cannot be told.
   *
   * @param min milliseconds, the smallest of a run
   * @param median milliseconds, the middle of a run
   * @param forward milliseconds of the network alone, the middle of a run
   * @param minRatio how many times slower the base is, by the smallest
   * @param medianRatio how many times slower the base is, by the middle
   * @param forwardRatio how many times slower the base is, network against network
   * @param slowest the least favourable run's {@code medianRatio}
   * @param fastest the most favourable run's {@code medianRatio}
   * @param memory MiB at the end
   * @param memoryRatio times the base's resident memory
   * @param agreement with what the base found; null where the base did not run
   */
  record Row(
      String peer,
      double min,
      double median,
      double forward,
      double minRatio,
      double medianRatio,
      double forwardRatio,
      double slowest,
      double fastest,
      ProcessMemory memory,
      double memoryRatio,
      Agreement agreement) {}

  static Comparison run(List<String> peers, String base, Job job, Interleaving plan, int runs)
      throws IOException, InterruptedException {
    Map<String, String> skipped = new LinkedHashMap<>();
    List<Interleaving.Run> outcomes = new ArrayList<>();
    for (int run = 0; run < runs; run++) {
      List<String> left = peers.stream().filter(peer -> !skipped.containsKey(peer)).toList();
      outcomes.add(plan.run(left, job, skipped));
    }
    return of(peers, base, job, outcomes, skipped);
  }

  static Comparison of(
      List<String> peers,
      String base,
      Job job,
      List<Interleaving.Run> runs,
      Map<String, String> skipped) {
    List<Row> rows = new ArrayList<>();
    for (String peer : peers) {
      if (!skipped.containsKey(peer)) {
        rows.add(row(peer, base, runs));
      }
    }
    return new Comparison(
        job,
        base,
        rows,
        skipped,
        Timing.median(runs.stream().map(Interleaving.Run::others).toList()));
  }

  private static Row row(String peer, String base, List<Interleaving.Run> runs) {
    List<Interleaving.Outcome> own = runs.stream().map(run -> run.outcomes().get(peer)).toList();
    List<Interleaving.Outcome> others =
        runs.stream()
            .map(run -> run.outcomes().get(base))
            .filter(outcome -> outcome != null)
            .toList();
    boolean compared = others.size() == own.size();
    List<Double> ratios =
        compared
            ? ratios(others, own, o -> o.whole().median(), o -> o.whole().median())
            : List.of();
    Interleaving.Outcome last = own.get(own.size() - 1);
    return new Row(
        peer,
        middle(own, o -> o.whole().min()),
        middle(own, o -> o.whole().median()),
        middle(own, o -> o.forward().median()),
        compared
            ? Timing.median(ratios(others, own, o -> o.whole().min(), o -> o.whole().min()))
            : Double.NaN,
        Timing.median(ratios),
        compared
            ? Timing.median(ratios(others, own, Comparison::network, o -> o.forward().median()))
            : Double.NaN,
        ratios.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN),
        ratios.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN),
        new ProcessMemory(
            middle(own, o -> o.memory().resident()), middle(own, o -> o.memory().peak())),
        compared
            ? Timing.median(
                ratios(own, others, o -> o.memory().resident(), o -> o.memory().resident()))
            : Double.NaN,
        compared ? Agreement.of(others.get(others.size() - 1).found(), last.found()) : null);
  }

  /** Of the network alone, or of the whole for those that do no more. */
  private static double network(Interleaving.Outcome outcome) {
    double alone = outcome.forward().median();
    return Double.isNaN(alone) ? outcome.whole().median() : alone;
  }

  private static double middle(
      List<Interleaving.Outcome> outcomes, ToDoubleFunction<Interleaving.Outcome> value) {
    return Timing.median(outcomes.stream().mapToDouble(value).boxed().toList());
  }

  private static List<Double> ratios(
      List<Interleaving.Outcome> above,
      List<Interleaving.Outcome> below,
      ToDoubleFunction<Interleaving.Outcome> aboveValue,
      ToDoubleFunction<Interleaving.Outcome> belowValue) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < above.size(); i++) {
      ratios.add(aboveValue.applyAsDouble(above.get(i)) / belowValue.applyAsDouble(below.get(i)));
    }
    return ratios;
  }
}
