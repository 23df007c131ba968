// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yolotorch.Task;
import org.yolotorch.internal.text.Decimals;
import org.yolotorch.val.Metrics;
import org.yolotorch.val.Scores;
import org.yolotorch.val.ValResult;

/** The rows of {@code results.csv}: losses, metrics and learning rates of every epoch. */
final class ResultsTable {
  private static final double PLACES = 1e5;

  private final List<Map<String, Double>> rows = new ArrayList<>();

  /**
   * Adds the row of an epoch and returns it.
   *
   * @param losses names of the loss's parts
   * @param rates learning rates of the three groups
   */
  Map<String, Double> add(
      int epoch,
      double seconds,
      List<String> losses,
      double[] train,
      Task task,
      Optional<ValResult> val,
      double[] valLosses,
      double[] rates) {
    Map<String, Double> row = new LinkedHashMap<>();
    row.put("epoch", (double) epoch);
    row.put("time", seconds);
    for (int i = 0; i < losses.size(); i++) {
      row.put("train/" + losses.get(i), rounded(train[i]));
    }
    row.putAll(metrics(task, val));
    for (int i = 0; i < losses.size(); i++) {
      row.put("val/" + losses.get(i), valLosses == null ? 0 : rounded(valLosses[i]));
    }
    for (int i = 0; i < rates.length; i++) {
      row.put("lr/pg" + i, rates[i]);
    }
    rows.add(row);
    return row;
  }

  /** The metrics of a validation by the names that YOLO users know; zeros where there is none. */
  static Map<String, Double> metrics(Task task, Optional<ValResult> val) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    if (task == Task.CLASSIFY) {
      metrics.put("metrics/accuracy_top1", rounded(val.map(v -> v.top().get().top1()).orElse(0.0)));
      metrics.put("metrics/accuracy_top5", rounded(val.map(v -> v.top().get().top5()).orElse(0.0)));
      return metrics;
    }
    put(metrics, "B", val.flatMap(ValResult::box));
    if (task == Task.SEGMENT) {
      put(metrics, "M", val.flatMap(ValResult::mask));
    } else if (task == Task.POSE) {
      put(metrics, "P", val.flatMap(ValResult::pose));
    }
    return metrics;
  }

  private static void put(Map<String, Double> metrics, String kind, Optional<Scores> scores) {
    Optional<Metrics> all = scores.map(Scores::overall);
    metrics.put(
        "metrics/precision(" + kind + ")", rounded(all.map(Metrics::precision).orElse(0.0)));
    metrics.put("metrics/recall(" + kind + ")", rounded(all.map(Metrics::recall).orElse(0.0)));
    metrics.put("metrics/mAP50(" + kind + ")", rounded(all.map(Metrics::map50).orElse(0.0)));
    metrics.put("metrics/mAP50-95(" + kind + ")", rounded(all.map(Metrics::map).orElse(0.0)));
  }

  private static double rounded(double value) {
    return Math.rint(value * PLACES) / PLACES;
  }

  /** All values by column, as checkpoints hold them. */
  Map<String, List<Double>> columns() {
    Map<String, List<Double>> columns = new LinkedHashMap<>();
    for (Map<String, Double> row : rows) {
      row.forEach(
          (name, value) -> columns.computeIfAbsent(name, n -> new ArrayList<>()).add(value));
    }
    return columns;
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  /** The text of the file. */
  String csv() {
    if (rows.isEmpty()) {
      return "";
    }
    StringBuilder text = new StringBuilder(String.join(",", rows.get(0).keySet())).append('\n');
    for (Map<String, Double> row : rows) {
      text.append(
          String.join(
              ",", row.values().stream().map(value -> Decimals.significant(value, 6)).toList()));
      text.append('\n');
    }
    return text.toString();
  }

  /** Reads what {@link #csv()} wrote. */
  static ResultsTable parse(String csv) {
    ResultsTable table = new ResultsTable();
    List<String> lines = csv.lines().toList();
    for (int i = 1; i < lines.size(); i++) {
      String[] names = lines.get(0).split(",");
      String[] values = lines.get(i).split(",");
      Map<String, Double> row = new LinkedHashMap<>();
      for (int k = 0; k < names.length; k++) {
        row.put(names[k], Double.valueOf(values[k]));
      }
      table.rows.add(row);
    }
    return table;
  }
}
