// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yolotorch.benchmarks.peer.Found;
import org.yolotorch.benchmarks.peer.Job;

class ComparisonTest {
  private static final Job JOB = new Job(Job.Question.FORWARD, Path.of("assets"), "m", 1, 2);
  private static final Found BOX = new Found(0, 0.9F, 10, 20, 30, 40);

  /** A run in which ours took this long and the base that long. */
  private static Interleaving.Run run(double ours, double network, double base) {
    return new Interleaving.Run(
        Map.of(
            "ours", outcome(ours, network, 300, BOX),
            "onnxruntime", outcome(base, Double.NaN, 150, BOX)),
        0.25);
  }

  private static Interleaving.Outcome outcome(
      double whole, double network, double resident, Found found) {
    return new Interleaving.Outcome(
        new Timing(whole / 2, whole),
        new Timing(network, network),
        new ProcessMemory(resident, resident + 50),
        List.of(List.of(found)));
  }

  private static Comparison compare(String base, Map<String, String> skipped) {
    // The third run is one in which ours was disturbed.
    List<Interleaving.Run> runs = List.of(run(10, 8, 20), run(10, 8, 30), run(100, 80, 20));
    return Comparison.of(List.of("ours", "onnxruntime"), base, JOB, runs, skipped);
  }

  @Test
  void takesTheMedianOfTheRatiosOfTheRuns() {
    Comparison.Row row = compare("onnxruntime", Map.of()).rows().get(0);
    assertEquals(10, row.median());
    assertEquals(2, row.medianRatio());
    assertEquals(2, row.minRatio());
    assertEquals(2.5, row.forwardRatio(), 1e-9);
    assertEquals(0.2, row.slowest(), 1e-9);
    assertEquals(3, row.fastest());
    assertEquals(2, row.memoryRatio());
    assertTrue(row.agreement().equal());
  }

  @Test
  void givesNoRatiosWithoutTheBase() {
    Comparison.Row row = compare("djl", Map.of("djl", "there is no jar")).rows().get(0);
    assertTrue(Double.isNaN(row.medianRatio()));
    assertTrue(Double.isNaN(row.minRatio()));
    assertTrue(Double.isNaN(row.memoryRatio()));
    assertNull(row.agreement());
  }

  @Test
  void leavesOutWhoWasSkipped(@TempDir Path folder) {
    Comparison comparison = compare("onnxruntime", Map.of("ours", "there is no such file"));
    assertEquals(
        List.of("onnxruntime"), comparison.rows().stream().map(Comparison.Row::peer).toList());
    String section = new Report(folder, "forward", "A title").add(comparison);
    assertTrue(section.contains("Skipped: ours, there is no such file"), section);
  }

  @Test
  void reportsRatiosAndBars(@TempDir Path folder) throws Exception {
    Report report = new Report(folder, "forward", "A title");
    report.add(compare("onnxruntime", Map.of()));
    report.say("A paragraph.");
    List<String> lines = Files.readAllLines(report.write());
    assertEquals("# A title", lines.get(0));
    assertTrue(lines.contains("## m, batch 1, 2 threads"), () -> "" + lines);
    assertTrue(
        lines.stream()
            .anyMatch(
                line ->
                    line.startsWith("| ours | 5.00 | 10.00 | 2.00 | **2.00** | 0.20 to 3.00 |")),
        () -> "" + lines);
    assertTrue(lines.contains("Other processes used 25 % of the cores meanwhile."));
    assertTrue(lines.contains("A paragraph."));
    List<String> bars = new ArrayList<>(lines);
    bars.removeIf(line -> !line.contains("\u2588"));
    // Medians of 10 and 20 ms: the second bar is twice as long.
    assertEquals(List.of(30L, 60L), bars.stream().map(ComparisonTest::blocks).toList());
  }

  private static long blocks(String line) {
    return line.chars().filter(c -> c == '\u2588').count();
  }
}
