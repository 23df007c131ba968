// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.val;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.yolotorch.Box;
import org.yolotorch.Task;
import org.yolotorch.internal.data.Label;
import org.yolotorch.internal.data.LabelBox;
import org.yolotorch.support.Assets;
import org.yolotorch.support.Results;

/** Average precision and what stands beside it, of cases whose answer is known. */
class ScoresTest {
  private static final double EXACT = 1e-12;

  private static Evaluation evaluation(ValOptions options) {
    return new Evaluation(Task.DETECT, options, 7, 0);
  }

  private static Evaluation evaluation() {
    return evaluation(ValOptions.of(Path.of("data.yaml")));
  }

  /** A label at the place of a box. */
  private static Label label(int id, double x1, double y1, double x2, double y2) {
    LabelBox box =
        new LabelBox(
            x1 / Results.WIDTH, y1 / Results.HEIGHT, x2 / Results.WIDTH, y2 / Results.HEIGHT);
    return new Label(id, box, new double[0]);
  }

  @Test
  void handMadeCase() {
    Evaluation evaluation = evaluation();
    List<Label> labels =
        List.of(
            label(0, 0, 0, 20, 20),
            label(0, 40, 0, 60, 20),
            label(1, 80, 0, 100, 20),
            label(2, 0, 40, 100, 100),
            label(3, 120, 0, 140, 20));
    List<Box> found = new ArrayList<>();
    found.add(Results.box(0, 0.9f, 0, 0, 20, 20));
    found.add(Results.box(0, 0.8f, 0, 0, 20, 20)); // a duplicate
    found.add(Results.box(0, 0.7f, 40, 0, 60, 20));
    found.add(Results.box(1, 0.6f, 150, 50, 170, 70)); // a tie: the wrong one came first
    found.add(Results.box(1, 0.6f, 80, 0, 100, 20));
    found.add(Results.box(2, 0.5f, 0, 40, 60, 100)); // overlaps by exactly 0.6
    found.add(Results.box(5, 0.4f, 0, 0, 20, 20)); // of a class without labels
    evaluation.add(Results.detect(found.toArray(new Box[0])), labels);
    Scores scores = evaluation.boxScores().orElseThrow();
    assertEquals(Set.of(0, 1, 2, 3), scores.byClass().keySet());
    // Precision 1 up to a recall of one half, then 2/3; a recall of 1 itself gives 0.
    double first = 0.5 + 0.5 * 2 / 3 - 0.005;
    double second = 0.5 - 0.0025;
    double whole = 0.995;
    check(first, first, first, scores.byClass().get(0));
    check(second, second, second, scores.byClass().get(1));
    check(whole, 0, 0.3 * whole, scores.byClass().get(2));
    check(0, 0, 0, scores.byClass().get(3)); // labels that nothing found
    check(
        (first + second + whole) / 4,
        (first + second) / 4,
        (first + second + 0.3 * whole) / 4,
        scores.overall());
    double error = Math.abs(scores.byClass().get(0).map() - first);
    Assets.figure("val_hand_made_ap_error", error, "AP");
    assertEquals(
        List.of(new ClassCount(0, "a", 1, 2), new ClassCount(1, "b", 1, 1)),
        evaluation.counts(Map.of(0, "a", 1, "b", 2, "c", 3, "d")).subList(0, 2));
    assertEquals(5, evaluation.totalInstances());
  }

  private static void check(double map50, double map75, double map, Metrics metrics) {
    assertEquals(map50, metrics.map50(), EXACT);
    assertEquals(map75, metrics.map75(), EXACT);
    assertEquals(map, metrics.map(), EXACT);
  }

  @Test
  void tiesKeepTheOrderOfPictures() {
    Evaluation evaluation = evaluation();
    evaluation.add(Results.detect(Results.box(0, 0.5f, 0, 0, 9, 9)), List.of(label(0, 0, 0, 9, 9)));
    evaluation.add(Results.detect(Results.box(0, 0.5f, 0, 0, 9, 9)), List.of());
    assertEquals(0.995, evaluation.boxScores().orElseThrow().overall().map(), EXACT);
    Evaluation other = evaluation();
    other.add(Results.detect(Results.box(0, 0.5f, 0, 0, 9, 9)), List.of());
    other.add(Results.detect(Results.box(0, 0.5f, 0, 0, 9, 9)), List.of(label(0, 0, 0, 9, 9)));
    assertEquals(0.4975, other.boxScores().orElseThrow().overall().map(), EXACT);
  }

  @Test
  void precisionAndRecallAreThoseAtTheBestF1() {
    Evaluation evaluation = evaluation();
    // Of three labels two are found surely, and the third among nine wrong ones.
    List<Label> labels =
        List.of(label(0, 0, 0, 9, 9), label(0, 20, 0, 29, 9), label(0, 40, 0, 49, 9));
    List<Box> found = new ArrayList<>();
    found.add(Results.box(0, 0.9f, 0, 0, 9, 9));
    found.add(Results.box(0, 0.8f, 20, 0, 29, 9));
    for (int i = 0; i < 9; i++) {
      found.add(Results.box(0, 0.1f, 60 + 10 * i, 50, 69 + 10 * i, 59));
    }
    found.add(Results.box(0, 0.05f, 40, 0, 49, 9));
    evaluation.add(Results.detect(found.toArray(new Box[0])), labels);
    Scores scores = evaluation.boxScores().orElseThrow();
    assertEquals(1, scores.overall().precision(), 0.05);
    assertEquals(2.0 / 3, scores.overall().recall(), EXACT);
    assertEquals(0.8, scores.overall().f1(), 0.05);
    double best = scores.curves().bestConfidence();
    assertEquals(0.7, best, 0.1);
    assertEquals(1, scores.curves().precision(0)[0]);
    assertEquals(0.25, scores.curves().precision(0)[999 * 9 / 10], EXACT);
    assertEquals(0, scores.curves().f1(0)[999]);
    assertArrayEquals(scores.curves().precision(0), scores.curves().meanPrecision(), EXACT);
  }

  @Test
  void nothingFoundAndNothingLabelledIsZero() {
    Scores scores = evaluation().boxScores().orElseThrow();
    assertEquals(new Metrics(0, 0, 0, 0, 0), scores.overall());
    assertEquals(0, scores.overall().f1());
    Evaluation evaluation = evaluation();
    evaluation.add(Results.detect(), List.of(label(4, 0, 0, 9, 9)));
    assertEquals(new Metrics(0, 0, 0, 0, 0), evaluation.boxScores().orElseThrow().byClass().get(4));
  }

  @Test
  void classesAndSingleCls() {
    List<Label> labels = List.of(label(0, 0, 0, 9, 9), label(1, 20, 0, 29, 9));
    Box[] found = {Results.box(1, 0.9f, 0, 0, 9, 9), Results.box(1, 0.8f, 20, 0, 29, 9)};
    Evaluation one = evaluation(ValOptions.builder(Path.of("data.yaml")).singleCls(true).build());
    one.add(Results.detect(found), labels);
    assertEquals(0.995, one.boxScores().orElseThrow().overall().map(), EXACT);
    Evaluation some = evaluation(ValOptions.builder(Path.of("data.yaml")).classes(1).build());
    some.add(Results.detect(found), labels);
    assertEquals(Set.of(1), some.boxScores().orElseThrow().byClass().keySet());
    assertEquals(1, some.totalInstances());
  }

  @Test
  void aDetectionStandsForOneLabelAlone() {
    // Of two detections of one label the more confident one is right, though it overlaps less.
    double[][] overlap = {{0.62, 0.9, 0.7}, {0.1, 0.2, 0.71}};
    int[] right = Matching.match(new int[] {4, 4}, new int[] {4, 4, 4}, overlap);
    assertEquals(0b111, right[0]);
    assertEquals(0b1_1111_1000, right[1]);
    assertEquals(0b1_1111, right[2]);
    assertArrayEquals(
        new int[] {0}, Matching.match(new int[] {3}, new int[] {4}, new double[][] {{1}}));
    // The best label of a detection decides, even where another one is free.
    double[][] both = {{0.9, 0.9}, {0.8, 0.8}};
    assertArrayEquals(
        new int[] {0b1_1111_1111, 0}, Matching.match(new int[] {4, 4}, new int[] {4, 4}, both));
  }

  @Test
  void interpolationAndSmoothing() {
    double[] xs = {0, 1, 1, 3};
    double[] ys = {4, 6, 8, 0};
    assertArrayEquals(
        new double[] {9, 4, 5, 8, 4, 0, 0},
        Statistics.interpolate(new double[] {-1, 0, 0.5, 1, 2, 3, 5}, xs, ys, 9),
        EXACT);
    assertArrayEquals(
        new double[] {2, 3, 5, 6}, Statistics.smooth(new double[] {1, 4, 4, 7}, 3), EXACT);
    assertEquals(1, Statistics.peak(new double[] {1, 3, 3, 2}));
  }

  @Test
  void confusions() {
    Evaluation evaluation = evaluation();
    evaluation.add(
        Results.detect(
            Results.box(0, 0.9f, 0, 0, 10, 10), // right
            Results.box(5, 0.8f, 20, 0, 30, 10), // another class
            Results.box(5, 0.7f, 20, 0, 30, 10), // once more
            Results.box(6, 0.26f, 90, 0, 99, 9), // nothing there
            Results.box(0, 0.25f, 40, 0, 50, 10)), // not confident enough
        List.of(label(0, 0, 0, 10, 10), label(0, 20, 0, 30, 10), label(0, 40, 0, 50, 10)));
    ConfusionMatrix matrix = evaluation.confusion();
    assertEquals(7, matrix.classes());
    assertEquals(1, matrix.count(0, 0));
    assertEquals(1, matrix.count(5, 0));
    assertEquals(1, matrix.count(7, 0));
    assertEquals(1, matrix.count(5, 7));
    assertEquals(1, matrix.count(6, 7));
    long sum = 0;
    for (int i = 0; i <= 7; i++) {
      for (int j = 0; j <= 7; j++) {
        sum += matrix.count(i, j);
      }
    }
    assertEquals(5, sum);
  }
}
