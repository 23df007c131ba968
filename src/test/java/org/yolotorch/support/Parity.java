// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.support;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yolotorch.Box;
import org.yolotorch.Image;
import org.yolotorch.PredictOptions;
import org.yolotorch.Result;
import org.yolotorch.Xyxy;
import org.yolotorch.Yolo;

/**
 * Our predictions against recorded ones: every object must have its counterpart of the same class,
 * at most {@value #CORNER_LIMIT} pixels away and with a confidence that differs by at most {@value
 * #CONF_LIMIT}; one may be missing or extra only if its confidence is that close to the threshold.
 */
public final class Parity {
  public static final double CORNER_LIMIT = 0.1;
  private static final double CONF_LIMIT = 5e-4;
  private static final double THRESHOLD = 0.25;

  /** Compares one picture. */
  public interface Comparison {
    void compare(JsonNode expected, Result result, Parity parity) throws IOException;
  }

  /** How far a recorded object is from a found one, in pixels. */
  public interface Distance {
    double between(int expected, int found);
  }

  private final Map<String, Double> largest = new LinkedHashMap<>();
  private final List<String> faults = new ArrayList<>();
  private String picture;
  private int pictures;
  private int objects;

  private Parity() {}

  /**
   * Predicts every recorded picture and fails unless all agree.
   *
   * @param figure prefix of the figures printed
   * @param recorded name of the recorded predictions: of rectangles if the options ask for them
   * @param count recorded pictures there must be
   */
  public static void check(
      String figure,
      String recorded,
      Path file,
      PredictOptions options,
      int count,
      Comparison comparison)
      throws IOException {
    Path path = Assets.get("expected/" + folder(options) + "/" + recorded + ".json");
    Parity parity = new Parity();
    try (Yolo model = Yolo.load(file)) {
      for (JsonNode expected : new ObjectMapper().readTree(path.toFile()).get("results")) {
        parity.picture = expected.get("image").asText();
        Result result = model.predict(Image.read(Assets.picture(parity.picture)), options);
        assertEquals(expected.get("orig_shape").get(0).asInt(), result.imageHeight());
        assertEquals(expected.get("orig_shape").get(1).asInt(), result.imageWidth());
        comparison.compare(expected, result, parity);
        parity.pictures++;
      }
    }
    Assets.figure("parity_" + figure + "_pictures", parity.pictures, "pictures");
    Assets.figure("parity_" + figure + "_detections", parity.objects, "detections");
    parity.largest.forEach(
        (name, value) -> Assets.figure("parity_" + figure + "_max_" + name, value, unit(name)));
    assertEquals(List.of(), parity.faults);
    assertEquals(count, parity.pictures);
  }

  /** The recorded predictions are of squares, or of a checkpoint's rectangles. */
  private static String folder(PredictOptions options) {
    return options.rect() ? "predictions-rect" : "predictions";
  }

  private static String unit(String name) {
    return name.endsWith("corner_error") || name.endsWith("point_error")
        ? "px"
        : name.endsWith("confidence_error") ? "confidence" : "fraction";
  }

  /** Keeps the largest error of each kind; one above the limit is a fault. */
  public void error(String name, double value, double limit) {
    largest.merge(name, value, Math::max);
    // Written so that a NaN is a fault as well.
    if (!(value <= limit)) {
      fault(name + " " + value);
    }
  }

  public void fault(String what) {
    faults.add(picture + ": " + what);
  }

  public void count(int more) {
    objects += more;
  }

  /** The found box of each recorded one, -1 for none. */
  public int[] boxes(JsonNode expected, Result result) {
    List<Box> boxes = result.boxes();
    int[] classes = boxes.stream().mapToInt(Box::classId).toArray();
    double[] confs = boxes.stream().mapToDouble(Box::confidence).toArray();
    return pair(
        expected,
        classes,
        confs,
        (i, j) -> distance(boxes.get(j).xyxy(), expected.get("xyxy").get(i)));
  }

  private static double distance(Xyxy at, JsonNode xyxy) {
    double x = Math.max(error(at.x1(), xyxy.get(0)), error(at.x2(), xyxy.get(2)));
    double y = Math.max(error(at.y1(), xyxy.get(1)), error(at.y2(), xyxy.get(3)));
    return Math.max(x, y);
  }

  public static double error(float value, JsonNode expected) {
    return Math.abs(value - expected.asDouble());
  }

  /** The found object of each recorded one, -1 for none; what is left over is a fault. */
  public int[] pair(JsonNode expected, int[] classes, double[] confs, Distance distance) {
    int[] pairs = new int[expected.get("cls").size()];
    boolean[] taken = new boolean[classes.length];
    for (int i = 0; i < pairs.length; i++) {
      double conf = expected.get("conf").get(i).asDouble();
      int classId = expected.get("cls").get(i).asInt();
      pairs[i] = -1;
      for (int j = 0; j < classes.length; j++) {
        if (!taken[j]
            && classes[j] == classId
            && distance.between(i, j) <= CORNER_LIMIT
            && (pairs[i] < 0 || distance.between(i, j) < distance.between(i, pairs[i]))) {
          pairs[i] = j;
        }
      }
      if (pairs[i] >= 0) {
        taken[pairs[i]] = true;
        objects++;
        error("corner_error", distance.between(i, pairs[i]), CORNER_LIMIT);
        error("confidence_error", Math.abs(confs[pairs[i]] - conf), CONF_LIMIT);
      } else if (conf > THRESHOLD + CONF_LIMIT) {
        fault("missing class " + classId + " " + conf);
      }
    }
    for (int j = 0; j < classes.length; j++) {
      if (!taken[j] && confs[j] > THRESHOLD + CONF_LIMIT) {
        fault("extra class " + classes[j] + " " + confs[j]);
      }
    }
    return pairs;
  }
}
