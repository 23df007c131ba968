// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What {@code yolo benchmark} found, as text and as Markdown.
 *
 * @param metric name of the metric, such as mAP50-95
 * @param rows one per configuration
 */
record BenchmarkTable(String metric, List<Row> rows) {
  /**
   * One configuration.
   *
   * @param failure why it could not be measured, or null; the numbers are 0 then
   * @param metric the metric, or null if there is no data set
   */
  record Row(
      String archive,
      String precision,
      int level,
      String device,
      double megabytes,
      Double metric,
      double milliseconds,
      String failure) {}

  private List<List<String>> cells() {
    List<List<String>> cells = new ArrayList<>();
    cells.add(
        List.of(
            "Archive",
            "Precision",
            "Level",
            "Device",
            "Size (MB)",
            metric,
            "ms/image",
            "images/s"));
    for (Row row : rows) {
      boolean failed = row.failure() != null;
      cells.add(
          List.of(
              row.archive(),
              row.precision(),
              Integer.toString(row.level()),
              row.device(),
              failed ? "-" : Console.tenths(row.megabytes()),
              failed || row.metric() == null ? "-" : fixed("%.4f", row.metric()),
              failed ? "failed" : fixed("%.2f", row.milliseconds()),
              failed ? "-" : fixed("%.1f", 1000 / row.milliseconds())));
    }
    return cells;
  }

  private static String fixed(String pattern, double value) {
    return String.format(Locale.ROOT, pattern, value);
  }

  /** Columns under each other: texts to the left, numbers to the right. */
  List<String> lines() {
    return lines("", "  ", "");
  }

  /** As {@link #lines()}, as a table of Markdown. */
  List<String> markdown() {
    List<String> lines = new ArrayList<>(lines("| ", " | ", " |"));
    lines.add(1, "|---|---|--:|---|--:|--:|--:|--:|");
    return lines;
  }

  private List<String> lines(String before, String between, String behind) {
    List<List<String>> cells = cells();
    int[] widths = new int[cells.get(0).size()];
    for (List<String> row : cells) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    List<String> lines = new ArrayList<>();
    for (List<String> row : cells) {
      List<String> padded = new ArrayList<>();
      for (int i = 0; i < widths.length; i++) {
        String blanks = " ".repeat(widths[i] - row.get(i).length());
        boolean text = i < 2 || i == 3;
        padded.add(text ? row.get(i) + blanks : blanks + row.get(i));
      }
      lines.add(before + String.join(between, padded) + behind);
    }
    return lines;
  }
}
