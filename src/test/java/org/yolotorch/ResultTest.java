// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.yolotorch.support.Results.box;
import static org.yolotorch.support.Results.detect;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yolotorch.internal.PlainText;
import org.yolotorch.internal.text.Json;
import org.yolotorch.support.Results;

class ResultTest {
  private static final Map<Integer, String> FRUIT =
      Map.of(0, "apple", 1, "pear", 2, "fig", 3, "lime", 4, "plum", 5, "date");
  private static final Result FRUITS =
      Results.classify(FRUIT, 0.02f, 0.125f, 0.02f, 0.8f, 0.015f, 0.02f);

  private static Result segmented() {
    return Results.segment(
        List.of(box(5, 0.5f, 20, 10, 60, 30)), List.of(Results.mask(false, 20, 10, 41, 21)));
  }

  private static Result posed(float visibility) {
    Keypoints pose = Results.keypoints(20, 10, visibility, 200, 0, visibility);
    return Results.pose(List.of(box(0, 0.5f, 20, 10, 60, 30)), List.of(pose));
  }

  private static Result rotated() {
    return Results.obb(Results.obb(6, 0.5f, 100, 50, 40, 20, 0));
  }

  @Test
  void summaryCountsByClassAscending() {
    Box bus = box(5, 0.9f, 0, 0, 1, 1);
    Box person = box(0, 0.8f, 0, 0, 1, 1);
    assertEquals("2 persons, 1 bus", detect(bus, person, person).summary());
    assertEquals("2 buss", detect(bus, bus).summary());
    assertEquals("(no detections)", detect().summary());
    assertEquals("1 train", rotated().summary());
    assertEquals("1 bus", segmented().summary());
    assertEquals("(no detections)", Results.obb().summary());
  }

  @Test
  void summaryOfClassesIsTheTopFive() {
    assertEquals("lime 0.80, pear 0.12, apple 0.02, fig 0.02, date 0.02", FRUITS.summary());
    assertEquals("apple 1.00", Results.classify(FRUIT, 1).summary());
  }

  @Test
  void classesWithoutNamesGetOne() {
    assertEquals("2 class77s", detect(box(77, 1, 0, 0, 1, 1), box(77, 1, 0, 0, 1, 1)).summary());
    Result unnamed = Results.classify(Map.of(), 0.25f, 0.75f);
    assertEquals("class1 0.75, class0 0.25", unnamed.summary());
    assertEquals("0.75 class1\n0.25 class0\n", unnamed.toText(false));
    assertEquals("[{\"name\":\"class1\",\"class\":1,\"confidence\":0.75}]", unnamed.toJson());
  }

  @Test
  void labelLinesAreNormalisedCentreAndSize() {
    Result result = detect(box(5, 0.87654321f, 20, 10, 60, 30), box(0, 0.5f, 0, 0, 200, 100));
    assertEquals("5 0.2 0.2 0.2 0.2\n0 0.5 0.5 1 1\n", result.toText(false));
    assertEquals("5 0.2 0.2 0.2 0.2 0.876543\n0 0.5 0.5 1 1 0.5\n", result.toText(true));
    assertEquals("", detect().toText(true));
  }

  @Test
  void labelLinesOfEveryTask() {
    assertEquals("5 0.1 0.1 0.1 0.3 0.3 0.3 0.3 0.1\n", segmented().toText(false));
    assertEquals("5 0.1 0.1 0.1 0.3 0.3 0.3 0.3 0.1 0.5\n", segmented().toText(true));
    assertEquals("0 0.2 0.2 0.2 0.2 0.1 0.1 0.75 1 0 0.75\n", posed(0.75f).toText(false));
    assertEquals("0 0.2 0.2 0.2 0.2 0.1 0.1 1 0 0.5\n", posed(Float.NaN).toText(true));
    assertEquals("6 0.6 0.6 0.6 0.4 0.4 0.4 0.4 0.6 0.5\n", rotated().toText(true));
    assertEquals("0.80 lime\n0.12 pear\n0.02 apple\n0.02 fig\n0.02 date\n", FRUITS.toText(true));
  }

  @Test
  void jsonOfEveryTask() throws IOException {
    assertEquals("[]", detect().toJson());
    assertEquals(
        "[{\"name\":\"bus\",\"class\":5,\"confidence\":0.87654,"
            + "\"box\":{\"x1\":20.0,\"y1\":10.33333,\"x2\":60.0,\"y2\":30.0}},"
            + "{\"name\":\"person\",\"class\":0,\"confidence\":1.0,"
            + "\"box\":{\"x1\":0.0,\"y1\":0.0,\"x2\":1.0,\"y2\":1.0}}]",
        detect(box(5, 0.87654321f, 20, 10.333333f, 60, 30), box(0, 1, 0, 0, 1, 1)).toJson());
    assertEquals(
        "[{\"name\":\"bus\",\"class\":5,\"confidence\":0.5,"
            + "\"box\":{\"x1\":20.0,\"y1\":10.0,\"x2\":60.0,\"y2\":30.0},"
            + "\"segments\":{\"x\":[20.0,20.0,60.0,60.0],\"y\":[10.0,30.0,30.0,10.0]}}]",
        segmented().toJson());
    String pose =
        "[{\"name\":\"person\",\"class\":0,\"confidence\":0.5,"
            + "\"box\":{\"x1\":20.0,\"y1\":10.0,\"x2\":60.0,\"y2\":30.0},"
            + "\"keypoints\":{\"x\":[20.0,200.0],\"y\":[10.0,0.0]";
    assertEquals(pose + ",\"visible\":[0.75,0.75]}}]", posed(0.75f).toJson());
    assertEquals(pose + "}}]", posed(Float.NaN).toJson());
    assertEquals(
        "[{\"name\":\"train\",\"class\":6,\"confidence\":0.5,\"box\":{\"x1\":120.0,\"y1\":60.0,"
            + "\"x2\":120.0,\"y2\":40.0,\"x3\":80.0,\"y3\":40.0,\"x4\":80.0,\"y4\":60.0}}]",
        rotated().toJson());
    assertEquals("[{\"name\":\"lime\",\"class\":3,\"confidence\":0.8}]", FRUITS.toJson());
    for (Result result : List.of(segmented(), posed(1), rotated(), FRUITS)) {
      assertEquals(
          1, new ObjectMapper().readTree(result.toJson("a.jpg")).get("predictions").size());
    }
  }

  @Test
  void jsonEscapesWhatItMust() throws IOException {
    String name = "a\"b\\c\n\u0001\u007F\u732B\uD83D\uDC31 \uD83D";
    String json = detect().toJson(name);
    assertTrue(json.contains("a\\\"b\\\\c\\u000a\\u0001\\u007f\u732B\uD83D\uDC31 \\ud83d"), json);
    assertEquals(name, new ObjectMapper().readTree(json).get("image").asText());
  }

  @Test
  void textFromOutsideKeepsFilesWhole() throws IOException {
    for (String name :
        List.of("a\u001b[2J", "\u009B2J", "x\ny\r\nz", "\u202Egpj.exe", "\u2028", "tab\there")) {
      Result result = Results.classify(Map.of(0, name, 1, "b"), 0.75f, 0.25f);
      assertEquals(2, result.toText(true).lines().count(), name);
      assertEquals(2, result.toCsv("a\n.jpg").lines().count(), name);
      assertEquals(name, new ObjectMapper().readTree(result.toJson()).get(0).get("name").asText());
      String all =
          result.summary() + result.toText(true) + result.toCsv(name) + result.toJson(name);
      assertTrue(all.codePoints().noneMatch(c -> c != '\n' && PlainText.steers(c)), all);
    }
    Result long1 = Results.classify(Map.of(0, "n".repeat(1 << 20)), 0.75f);
    assertTrue(long1.summary().length() < 100, long1.summary());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=cmd|' /C calc'!A0",
        "+1+cmd",
        "-2+3",
        "@SUM(1)",
        "\t=1+1",
        "\r=1+1",
        "\uFF1D1+1",
        "=1,\"x\"",
        "-"
      })
  void csvHoldsNoFormula(String text) {
    Result result = Results.classify(Map.of(0, text), 0.75f);
    String row = result.toCsv(text);
    String label = text.indexOf(',') >= 0 ? "\"'=1,\"\"x\"\"\"" : "'" + PlainText.of(text);
    assertEquals(label + ",,0," + label + ",0.75\n", row);
  }

  @ParameterizedTest
  @ValueSource(strings = {"person", "-1", "+7", "-0.5", "a=b", "'quoted", "1-2"})
  void whatIsNoFormulaStays(String text) {
    assertEquals(
        "a.jpg,,0," + text + ",0.75\n", Results.classify(Map.of(0, text), 0.75f).toCsv("a.jpg"));
  }

  @ParameterizedTest
  @CsvSource({
    "0.1, 0.1",
    "-2, -2.0",
    "1e9, 1000000000.0",
    "0.000004, 0.0",
    "0.000006, 0.00001",
    "1.9999999, 2.0",
    "NaN, null",
    "-Infinity, null"
  })
  void jsonNumbersHaveFivePlaces(double value, String expected) {
    assertEquals(expected, Json.number(new StringBuilder(), value).toString());
  }

  @Test
  void boxGivesEveryView() {
    Box box = box(0, 0.5f, 20, 10, 60, 30);
    assertEquals(new Xywh(40, 20, 40, 20), box.xywh());
    assertEquals(new Xyxy(0.1f, 0.1f, 0.3f, 0.3f), box.xyxyn());
    assertEquals(new Xywh(0.2f, 0.2f, 0.2f, 0.2f), box.xywhn());
    assertEquals("person 0.5 [20.0, 10.0, 60.0, 30.0]", box.toString());
  }

  @Test
  void keypointsGiveEveryView() {
    Keypoints pose = posed(Float.NaN).keypoints().get(0);
    assertEquals(List.of(new Xy(20, 10), new Xy(200, 0)), pose.xy());
    assertEquals(List.of(new Xy(0.1f, 0.1f), new Xy(1, 0)), pose.xyn());
    assertTrue(!pose.points().get(0).hasVisibility());
    assertTrue(posed(0).keypoints().get(0).points().get(0).hasVisibility());
  }

  @Test
  void probsAreRankedTheLowerIdFirst() {
    Probs probs = FRUITS.probs().orElseThrow();
    assertEquals(List.of(3, 1, 0, 2, 5), probs.top5());
    assertEquals(3, probs.top1());
    assertEquals(0.8f, probs.top1Confidence());
    assertEquals(List.of(0.8f, 0.125f, 0.02f, 0.02f, 0.02f), probs.top5Confidences());
    assertEquals(6, probs.size());
    assertEquals(0.015f, probs.get(4));
    assertEquals("plum", probs.label(4));
    float[] copy = probs.toArray();
    copy[3] = 0;
    assertEquals(0.8f, probs.get(3));
    assertEquals(List.of(1, 0), Probs.of(new float[] {Float.NaN, 0}, FRUIT).top5());
    assertThrows(IndexOutOfBoundsException.class, () -> probs.get(6));
  }

  @Test
  void cannotBeChanged() {
    Result result = detect(box(0, 0.5f, 0, 0, 1, 1));
    assertThrows(UnsupportedOperationException.class, () -> result.boxes().clear());
    for (List<?> list :
        List.of(
            segmented().masks(),
            segmented().masks().get(0).polygon(),
            posed(1).keypoints(),
            posed(1).keypoints().get(0).points(),
            rotated().obbs(),
            rotated().obbs().get(0).corners(),
            FRUITS.probs().orElseThrow().top5())) {
      assertThrows(UnsupportedOperationException.class, list::clear);
    }
    assertTrue(result.source().isEmpty());
    assertEquals(200, result.imageWidth());
    assertEquals(100, result.imageHeight());
    assertEquals(Task.DETECT, result.task());
  }

  @Test
  void whatBelongsToOtherTasksIsEmpty() {
    for (Result result : List.of(detect(), Results.obb(), FRUITS)) {
      assertTrue(result.boxes().isEmpty() && result.masks().isEmpty());
      assertTrue(result.keypoints().isEmpty() && result.obbs().isEmpty());
      assertEquals(result.task() == Task.CLASSIFY, result.probs().isPresent());
    }
  }
}
