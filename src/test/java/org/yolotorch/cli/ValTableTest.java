// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yolotorch.ImageSize;
import org.yolotorch.Speed;
import org.yolotorch.Task;
import org.yolotorch.internal.text.Decimals;
import org.yolotorch.val.ClassCount;
import org.yolotorch.val.ConfusionMatrix;
import org.yolotorch.val.Curves;
import org.yolotorch.val.Metrics;
import org.yolotorch.val.Scores;
import org.yolotorch.val.Top;
import org.yolotorch.val.ValResult;

/** Tables letter by letter. */
class ValTableTest {
  private static final Optional<Scores> NONE = Optional.empty();

  private static Optional<Scores> scores(Metrics overall, Metrics cat, Metrics dog) {
    return Optional.of(new Scores(overall, new TreeMap<>(Map.of(0, cat, 3, dog)), Curves.NONE));
  }

  private static ValResult result(
      Task task, Optional<Scores> box, Optional<Scores> mask, Optional<Scores> pose, Top top) {
    return new ValResult(
        task,
        Map.of(0, "cat", 1, "cow", 2, "hen", 3, "dog"),
        128,
        929,
        List.of(new ClassCount(0, "cat", 61, 254), new ClassCount(3, "dog", 12, 46)),
        box,
        mask,
        pose,
        Optional.ofNullable(top),
        ConfusionMatrix.NONE,
        new Speed(0.25, 12.34, 1),
        ImageSize.square(640),
        List.of());
  }

  @Test
  void boxes() {
    Optional<Scores> box =
        scores(
            new Metrics(0.7351, 0.5911, 0.6987, 0.5, 0.5201),
            new Metrics(1, 0, 0.995, 0.5, 0.04567),
            new Metrics(0.00012345, 0.000012345, 0.9996, 0.5, 0.1));
    String table =
        """
                         Class     Images  Instances      Box(P          R      mAP50  mAP50-95)
                           all        128        929      0.735      0.591      0.699       0.52
                           cat         61        254          1          0      0.995     0.0457
                           dog         12         46   0.000123   1.23e-05          1        0.1
        """;
    ValTable found = new ValTable(result(Task.DETECT, box, NONE, NONE, null));
    assertEquals(table.stripTrailing(), String.join("\n", found.lines(true)));
    assertEquals(2, found.lines(false).size());
  }

  @Test
  void masksAndKeypointsStandBesideBoxes() {
    Metrics one = new Metrics(0.1, 0.2, 0.3, 0.4, 0.5);
    Metrics two = new Metrics(0.6, 0.7, 0.8, 0.9, 1);
    String line =
        "                   all        128        929        0.1        0.2        0.3        0.5"
            + "        0.6        0.7        0.8          1";
    String head =
        "                 Class     Images  Instances      Box(P          R      mAP50  mAP50-95)"
            + "     Mask(P          R      mAP50  mAP50-95)";
    assertEquals(
        List.of(head, line),
        new ValTable(result(Task.SEGMENT, scores(one, one, one), scores(two, two, two), NONE, null))
            .lines(false));
    assertEquals(
        List.of(head.replace("Mask(P", "Pose(P"), line),
        new ValTable(result(Task.POSE, scores(one, one, one), NONE, scores(two, two, two), null))
            .lines(false));
  }

  @Test
  void classes() {
    assertEquals(
        List.of(
            "               classes   top1_acc   top5_acc",
            "                   all      0.697      0.892"),
        new ValTable(result(Task.CLASSIFY, NONE, NONE, NONE, new Top(0.6967, 0.892))).lines(true));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 1",
    "0.5, 0.5",
    "0.12345, 0.123",
    "0.0001, 0.0001",
    "0.00001, 1e-05",
    "0.0009999, 0.001",
    "123.4, 123",
    "999.9, 1e+03",
    "12345, 1.23e+04",
    "0.0625, 0.0625"
  })
  void threeDigits(double value, String text) {
    assertEquals(text, Decimals.threeDigits(value));
  }
}
