// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.text;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.yolotorch.Box;
import org.yolotorch.Keypoint;
import org.yolotorch.Keypoints;
import org.yolotorch.Mask;
import org.yolotorch.Obb;
import org.yolotorch.Result;
import org.yolotorch.Xywhr;
import org.yolotorch.Xyxy;

/** Results in the format that COCO's evaluation reads. */
public final class CocoJson {
  private static final int PLACES = 3;

  /** Number of digits that every JSON reader represents exactly. */
  private static final int MOST_DIGITS = 15;

  private final String start;
  private final IntUnaryOperator categories;

  private CocoJson(String fileName, IntUnaryOperator categories) {
    this.categories = categories;
    int dot = fileName.lastIndexOf('.');
    String stem = dot > 0 ? fileName.substring(0, dot) : fileName;
    StringBuilder out = new StringBuilder("{\"image_id\":");
    if (stem.length() <= MOST_DIGITS && stem.matches("[0-9]+")) {
      out.append(Long.parseLong(stem));
    } else {
      Json.text(out, stem);
    }
    this.start = Json.text(out.append(",\"file_name\":"), fileName).toString();
  }

  public static List<String> entries(Result result, String fileName, IntUnaryOperator categories) {
    CocoJson json = new CocoJson(fileName, categories);
    List<String> entries = new ArrayList<>();
    for (int i = 0; i < result.boxes().size(); i++) {
      Box box = result.boxes().get(i);
      Xyxy at = box.xyxy();
      double[] place = {at.x1(), at.y1(), (double) at.x2() - at.x1(), (double) at.y2() - at.y1()};
      StringBuilder out = json.entry(box.classId(), box.confidence());
      array(out.append(",\"bbox\":"), place);
      if (!result.masks().isEmpty()) {
        segmentation(out, result.masks().get(i));
      }
      if (!result.keypoints().isEmpty()) {
        array(out.append(",\"keypoints\":"), points(result.keypoints().get(i)));
      }
      entries.add(out.append('}').toString());
    }
    for (Obb obb : result.obbs()) {
      StringBuilder out = json.entry(obb.classId(), obb.confidence());
      Xywhr at = obb.xywhr();
      array(
          out.append(",\"rbox\":"),
          new double[] {at.x(), at.y(), at.width(), at.height(), at.angle()});
      double[] corners = new double[8];
      for (int i = 0; i < 4; i++) {
        corners[2 * i] = obb.corners().get(i).x();
        corners[2 * i + 1] = obb.corners().get(i).y();
      }
      array(out.append(",\"poly\":"), corners);
      entries.add(out.append('}').toString());
    }
    return entries;
  }

  private StringBuilder entry(int classId, float confidence) {
    StringBuilder out = new StringBuilder(start);
    out.append(",\"category_id\":").append(categories.applyAsInt(classId));
    return Json.number(out.append(",\"score\":"), confidence);
  }

  private static double[] points(Keypoints pose) {
    double[] values = new double[3 * pose.points().size()];
    int at = 0;
    for (Keypoint point : pose.points()) {
      values[at++] = point.x();
      values[at++] = point.y();
      // COCO has three numbers per point; one whose visibility is not told is visible.
      values[at++] = point.hasVisibility() ? point.visibility() : 1;
    }
    return values;
  }

  private static void segmentation(StringBuilder out, Mask mask) {
    out.append(",\"segmentation\":{\"size\":[").append(mask.frameHeight()).append(',');
    out.append(mask.frameWidth()).append("],\"counts\":");
    Json.text(out, RunLengths.compress(RunLengths.of(mask))).append('}');
  }

  private static void array(StringBuilder out, double[] values) {
    char before = '[';
    for (double value : values) {
      Json.number(out.append(before), value, PLACES);
      before = ',';
    }
    out.append(']');
  }
}
