// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yolotorch.support.Assets;
import org.yolotorch.support.Parity;

/** Masks, key points, rotated boxes and classes against recorded ones. */
class TaskParityTest {
  /** A mask may differ in this part of its pixels, or in {@link #MASK_PIXELS}. */
  private static final double MASK_SHARE = 0.01;

  private static final int MASK_PIXELS = 8;
  private static final double LEAST_OVERLAP = 0.98;
  private static final double VISIBILITY_LIMIT = 1e-3;
  private static final double PROBABILITY_LIMIT = 1e-3;

  private static final PredictOptions NETWORK_MASKS =
      PredictOptions.builder().rect(false).maskFrame(MaskFrame.NETWORK).build();
  private static final PredictOptions SQUARE = PredictOptions.builder().rect(false).build();

  /** Where the model comes from. */
  enum Source {
    CHECKPOINT,
    OWN_EXPORT
  }

  @TempDir Path folder;

  private Path model(String name, Source source) {
    Path checkpoint = Assets.get("weights/" + name + ".pt");
    if (source == Source.CHECKPOINT) {
      return checkpoint;
    }
    try (Yolo model = Yolo.load(checkpoint)) {
      return model.export(
          ExportOptions.builder().file(folder.resolve(name + ".torchscript")).build());
    }
  }

  private static String figure(String task, Source source) {
    return task + "_" + source.name().toLowerCase(java.util.Locale.ROOT);
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void segment(Source source) throws IOException {
    Parity.check(
        figure("segment", source),
        "yolo11n-seg",
        model("yolo11n-seg", source),
        NETWORK_MASKS,
        34,
        TaskParityTest::compareMasks);
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void pose(Source source) throws IOException {
    Parity.check(
        figure("pose", source),
        "yolo11n-pose",
        model("yolo11n-pose", source),
        SQUARE,
        34,
        TaskParityTest::compareKeypoints);
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void obb(Source source) throws IOException {
    Parity.check(
        figure("obb", source),
        "shapes-obb",
        model("shapes-obb", source),
        SQUARE,
        16,
        TaskParityTest::compareObbs);
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void classify(Source source) throws IOException {
    Parity.check(
        figure("classify", source),
        "yolo11n-cls",
        model("yolo11n-cls", source),
        SQUARE,
        34,
        TaskParityTest::compareClasses);
  }

  @ParameterizedTest
  @ValueSource(strings = {"yolo11n-seg", "yolo11n-cls"})
  void foreignExport(String name) throws IOException {
    boolean segment = name.endsWith("seg");
    Parity.check(
        (segment ? "segment" : "classify") + "_foreign_export",
        name,
        Assets.get("exported/" + name + ".torchscript"),
        NETWORK_MASKS,
        34,
        segment ? TaskParityTest::compareMasks : TaskParityTest::compareClasses);
  }

  /** Exports with nms=True of another program: their operator is registered by ours. */
  @ParameterizedTest
  @ValueSource(strings = {"yolo11n-nms", "shapes-obb-nms"})
  void foreignNmsExport(String name) throws IOException {
    boolean rotated = name.startsWith("shapes-obb");
    Parity.check(
        (rotated ? "obb" : "detect") + "_foreign_nms_export",
        name,
        Assets.get("exported/" + name + ".torchscript"),
        SQUARE,
        rotated ? 16 : 34,
        rotated
            ? TaskParityTest::compareObbs
            : (expected, result, parity) -> parity.boxes(expected, result));
  }

  @Test
  void segmentInRectangles() throws IOException {
    Parity.check(
        "segment_checkpoint_rect",
        "yolo11n-seg",
        Assets.get("weights/yolo11n-seg.pt"),
        NETWORK_MASKS.toBuilder().rect(true).build(),
        34,
        TaskParityTest::compareAreas);
  }

  @Test
  void poseInRectangles() throws IOException {
    Parity.check(
        "pose_checkpoint_rect",
        "yolo11n-pose",
        Assets.get("weights/yolo11n-pose.pt"),
        PredictOptions.defaults(),
        34,
        TaskParityTest::compareKeypoints);
  }

  /** Of masks in rectangles the sizes alone were recorded. */
  private static void compareAreas(JsonNode expected, Result result, Parity parity) {
    assertEquals(result.boxes().size(), result.masks().size());
    int[] pairs = parity.boxes(expected, result);
    for (int i = 0; i < pairs.length; i++) {
      if (pairs[i] < 0) {
        continue;
      }
      Mask mask = result.masks().get(pairs[i]);
      assertEquals(expected.get("mask_shape").get(1).asInt(), mask.frameHeight());
      assertEquals(expected.get("mask_shape").get(2).asInt(), mask.frameWidth());
      int area = expected.get("mask_area").get(i).asInt();
      int different = Math.abs(mask.area() - area);
      parity.error(
          "mask_error", (double) different / area, different > MASK_PIXELS ? MASK_SHARE : 1);
    }
  }

  private static void compareMasks(JsonNode expected, Result result, Parity parity) {
    assertEquals(result.boxes().size(), result.masks().size());
    int[] pairs = parity.boxes(expected, result);
    for (int i = 0; i < pairs.length; i++) {
      if (pairs[i] < 0) {
        continue;
      }
      Mask mask = result.masks().get(pairs[i]);
      int area = expected.get("mask_area").get(i).asInt();
      int different = different(mask, expected.get("mask_rle").get(i));
      double share = (double) different / area;
      parity.error("mask_error", share, different > MASK_PIXELS ? MASK_SHARE : 1);
      double overlap = overlap(mask.polygon(), points(expected.get("polygons").get(i)), result);
      parity.error("polygon_error", 1 - overlap, 1 - LEAST_OVERLAP);
    }
  }

  /** Pixels that differ from run lengths of the whole frame, row by row, zeros first. */
  private static int different(Mask mask, JsonNode runs) {
    int different = 0;
    int at = 0;
    boolean set = false;
    for (JsonNode run : runs) {
      for (int end = at + run.asInt(); at < end; at++) {
        if (mask.get(at % mask.frameWidth(), at / mask.frameWidth()) != set) {
          different++;
        }
      }
      set = !set;
    }
    // The last zeros may be left out.
    for (; at < mask.frameWidth() * mask.frameHeight(); at++) {
      different += mask.get(at % mask.frameWidth(), at / mask.frameWidth()) ? 1 : 0;
    }
    assertEquals(640 * 640, at);
    return different;
  }

  private static List<Xy> points(JsonNode polygon) {
    List<Xy> points = new ArrayList<>();
    for (JsonNode point : polygon) {
      points.add(new Xy((float) point.get(0).asDouble(), (float) point.get(1).asDouble()));
    }
    return points;
  }

  /** Intersection over union of two filled outlines. */
  private static double overlap(List<Xy> a, List<Xy> b, Result result) {
    BitSet both = fill(a, result);
    BitSet either = fill(a, result);
    BitSet second = fill(b, result);
    both.and(second);
    either.or(second);
    return (double) both.cardinality() / either.cardinality();
  }

  /**
   * The pixels whose centres lie within the outline, by winding number; the seams between joined
   * parts have no area. (Java2D would do, but under -Xcheck:jni its own code prints megabytes.)
   */
  private static BitSet fill(List<Xy> outline, Result result) {
    int width = result.imageWidth();
    BitSet inside = new BitSet(width * result.imageHeight());
    int[] turns = new int[width + 1];
    for (int row = 0; row < result.imageHeight(); row++) {
      Arrays.fill(turns, 0);
      double y = row + 0.5;
      for (int i = 0; i < outline.size(); i++) {
        Xy from = outline.get(i);
        Xy to = outline.get((i + 1) % outline.size());
        if (from.y() <= y == to.y() <= y) {
          continue;
        }
        double x = from.x() + (y - from.y()) / (to.y() - from.y()) * (to.x() - from.x());
        int column = Math.max(0, Math.min(width, (int) Math.ceil(x - 0.5)));
        turns[column] += from.y() < to.y() ? 1 : -1;
      }
      int winding = 0;
      for (int x = 0; x < width; x++) {
        winding += turns[x];
        inside.set(row * width + x, winding != 0);
      }
    }
    return inside;
  }

  private static void compareKeypoints(JsonNode expected, Result result, Parity parity) {
    assertEquals(result.boxes().size(), result.keypoints().size());
    int[] pairs = parity.boxes(expected, result);
    for (int i = 0; i < pairs.length; i++) {
      if (pairs[i] < 0) {
        continue;
      }
      List<Keypoint> points = result.keypoints().get(pairs[i]).points();
      JsonNode recorded = expected.get("keypoints").get(i);
      assertEquals(recorded.size(), points.size());
      for (int k = 0; k < points.size(); k++) {
        Keypoint point = points.get(k);
        assertTrue(point.hasVisibility());
        double x = Parity.error(point.x(), recorded.get(k).get(0));
        double y = Parity.error(point.y(), recorded.get(k).get(1));
        parity.error("point_error", Math.max(x, y), Parity.CORNER_LIMIT);
        double visibility = Parity.error(point.visibility(), recorded.get(k).get(2));
        parity.error("visibility_error", visibility, VISIBILITY_LIMIT);
      }
    }
  }

  private static void compareObbs(JsonNode expected, Result result, Parity parity) {
    assertTrue(result.boxes().isEmpty());
    List<Obb> obbs = result.obbs();
    int[] classes = obbs.stream().mapToInt(Obb::classId).toArray();
    double[] confs = obbs.stream().mapToDouble(Obb::confidence).toArray();
    parity.pair(
        expected,
        classes,
        confs,
        (i, j) -> distance(obbs.get(j).corners(), expected.get("xyxyxyxy").get(i)));
  }

  private static double distance(List<Xy> corners, JsonNode expected) {
    double distance = 0;
    for (int k = 0; k < 8; k++) {
      Xy corner = corners.get(k / 2);
      double error = Parity.error(k % 2 == 0 ? corner.x() : corner.y(), expected.get(k));
      distance = Math.max(distance, error);
    }
    return distance;
  }

  private static void compareClasses(JsonNode expected, Result result, Parity parity) {
    Probs probs = result.probs().orElseThrow();
    assertEquals(probs.top1(), probs.top5().get(0));
    for (int k = 0; k < 5; k++) {
      int id = probs.top5().get(k);
      int recorded = expected.get("top5").get(k).asInt();
      if (id != recorded) {
        parity.fault("place " + k + " is " + id + ", but was " + recorded);
      }
      double error = Parity.error(probs.top5Confidences().get(k), expected.get("top5conf").get(k));
      parity.error("probability_error", error, PROBABILITY_LIMIT);
    }
    parity.count(1);
  }
}
