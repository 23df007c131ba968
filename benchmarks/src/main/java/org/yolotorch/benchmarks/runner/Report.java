// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Comparisons as a page in Markdown, with a chart of each. */
final class Report {
  /** Characters of the longest bar. */
  private static final int BAR = 60;

  private final StringBuilder text = new StringBuilder();
  private final Path folder;
  private final String name;

  /**
   * Starts a page.
   *
   * @param folder where it goes
   * @param name of the file, without its ending
   */
  Report(Path folder, String name, String title) {
    this.folder = folder;
    this.name = name;
    text.append("# ").append(title).append("\n\n");
  }

  /** Adds a paragraph. */
  void say(String paragraph) {
    text.append(paragraph).append("\n\n");
  }

  /** Adds a table and a chart; returns the section. */
  String add(Comparison comparison) {
    String section = section(comparison);
    text.append(section);
    return section;
  }

  Path write() throws IOException {
    return Files.writeString(
        Files.createDirectories(folder).resolve(name + ".md"), text.toString());
  }

  private static String title(Comparison comparison) {
    return comparison.job().model()
        + ", batch "
        + comparison.job().batch()
        + ", "
        + comparison.job().threads()
        + " threads";
  }

  private static String section(Comparison comparison) {
    StringBuilder section = new StringBuilder("## " + title(comparison) + "\n\n");
    if (!comparison.rows().isEmpty()) {
      section.append(table(comparison)).append('\n').append(chart(comparison)).append('\n');
    }
    comparison
        .skipped()
        .forEach((peer, reason) -> section.append("Skipped: " + peer + ", " + reason + "\n\n"));
    return section.toString();
  }

  private static String table(Comparison comparison) {
    String base = comparison.base();
    List<String> lines = new ArrayList<>();
    lines.add(
        "| peer | min ms | median ms | "
            + base
            + "/this: min | median | (runs) | network alone: ms | "
            + base
            + "/this | resident MiB | peak MiB | times "
            + base
            + "'s | boxes against "
            + base
            + "'s |");
    lines.add("|---|---|---|---|---|---|---|---|---|---|---|---|");
    for (Comparison.Row row : comparison.rows()) {
      lines.add(
          String.join(
              " | ",
              "| " + row.peer(),
              number("%.2f", row.min()),
              number("%.2f", row.median()),
              number("%.2f", row.minRatio()),
              number("**%.2f**", row.medianRatio()),
              number("%.2f", row.slowest()) + " to " + number("%.2f", row.fastest()),
              number("%.2f", row.forward()),
              number("%.2f", row.forwardRatio()),
              number("%.0f", row.memory().resident()),
              number("%.0f", row.memory().peak()),
              number("%.2f", row.memoryRatio()),
              (row.agreement() == null ? "-" : row.agreement().toString()) + " |"));
    }
    lines.add(
        String.format(
            Locale.ROOT,
            "%nOther processes used %.0f %% of the cores meanwhile.",
            100 * comparison.others()));
    return String.join("\n", lines) + "\n";
  }

  /** The medians as bars: shorter is faster. */
  private static String chart(Comparison comparison) {
    double longest = comparison.rows().stream().mapToDouble(Comparison.Row::median).max().orElse(1);
    StringBuilder bars = new StringBuilder("```\n");
    for (Comparison.Row row : comparison.rows()) {
      bars.append(
          String.format(
              Locale.ROOT,
              "%-30s %s %.1f ms%n",
              row.peer(),
              "\u2588".repeat((int) Math.ceil(row.median() / longest * BAR)),
              row.median()));
    }
    return bars.append("```\n").toString();
  }

  private static String number(String format, double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
  }
}
