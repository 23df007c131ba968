// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every detection of 130 pictures against recorded ones: same classes, corners within a tenth of a
 * pixel, confidences within 5e-4; a detection may be missing or extra only if its confidence is
 * that close to the threshold.
 */
class PredictionParityTest {
  private static final double CORNER_LIMIT = 0.1;
  private static final double CONF_LIMIT = 5e-4;
  private static final double THRESHOLD = 0.25;

  @TempDir Path folder;

  @Test
  void checkpoint() throws IOException {
    compare("checkpoint", Assets.get("weights/yolo11n.pt"));
  }

  @Test
  void ownExport() throws IOException {
    Path file = folder.resolve("yolo11n.torchscript");
    try (Yolo model = Yolo.load(Assets.get("weights/yolo11n.pt"))) {
      model.export(ExportOptions.builder().file(file).build());
    }
    compare("own_export", file);
  }

  @Test
  void foreignExport() throws IOException {
    compare("foreign_export", Assets.get("exported/yolo11n.torchscript"));
  }

  private static void compare(String source, Path file) throws IOException {
    JsonNode expected =
        new ObjectMapper()
            .readTree(Assets.get("expected/predictions/yolo11n.json").toFile())
            .get("results");
    Comparison comparison = new Comparison();
    try (Yolo model = Yolo.load(file)) {
      for (JsonNode picture : expected) {
        Result result = model.predict(Image.read(Assets.picture(picture.get("image").asText())));
        assertEquals(picture.get("orig_shape").get(0).asInt(), result.imageHeight());
        assertEquals(picture.get("orig_shape").get(1).asInt(), result.imageWidth());
        comparison.add(picture, result);
      }
    }
    Assets.figure("parity_" + source + "_pictures", comparison.pictures, "pictures");
    Assets.figure("parity_" + source + "_detections", comparison.detections, "detections");
    Assets.figure("parity_" + source + "_max_corner_error", comparison.cornerError, "px");
    Assets.figure("parity_" + source + "_max_confidence_error", comparison.confError, "confidence");
    assertEquals(List.of(), comparison.faults);
    assertEquals(130, comparison.pictures);
  }

  /** Sums up pictures; a fault is a detection without its counterpart. */
  private static final class Comparison {
    private final List<String> faults = new ArrayList<>();
    private int pictures;
    private int detections;
    private double cornerError;
    private double confError;

    void add(JsonNode picture, Result result) {
      String name = picture.get("image").asText();
      List<Box> free = new ArrayList<>(result.boxes());
      for (int i = 0; i < picture.get("cls").size(); i++) {
        double conf = picture.get("conf").get(i).asDouble();
        int classId = picture.get("cls").get(i).asInt();
        Box match = nearest(free, classId, picture.get("xyxy").get(i));
        if (match != null) {
          free.remove(match);
          detections++;
          cornerError = Math.max(cornerError, distance(match, picture.get("xyxy").get(i)));
          confError = Math.max(confError, Math.abs(match.confidence() - conf));
          if (Math.abs(match.confidence() - conf) > CONF_LIMIT) {
            faults.add(name + ": confidence " + conf + " became " + match);
          }
        } else if (conf > THRESHOLD + CONF_LIMIT) {
          faults.add(name + ": missing class " + classId + " " + conf);
        }
      }
      for (Box box : free) {
        if (box.confidence() > THRESHOLD + CONF_LIMIT) {
          faults.add(name + ": extra " + box);
        }
      }
      pictures++;
    }

    private static Box nearest(List<Box> boxes, int classId, JsonNode xyxy) {
      Box best = null;
      for (Box box : boxes) {
        if (box.classId() == classId
            && distance(box, xyxy) <= CORNER_LIMIT
            && (best == null || distance(box, xyxy) < distance(best, xyxy))) {
          best = box;
        }
      }
      return best;
    }

    private static double distance(Box box, JsonNode xyxy) {
      Xyxy at = box.xyxy();
      double x =
          Math.max(
              Math.abs(at.x1() - xyxy.get(0).asDouble()),
              Math.abs(at.x2() - xyxy.get(2).asDouble()));
      double y =
          Math.max(
              Math.abs(at.y1() - xyxy.get(1).asDouble()),
              Math.abs(at.y2() - xyxy.get(3).asDouble()));
      return Math.max(x, y);
    }
  }
}
