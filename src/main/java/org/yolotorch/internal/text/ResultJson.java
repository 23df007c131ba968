// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.text;

import java.util.ArrayList;
import java.util.List;
import org.yolotorch.Box;
import org.yolotorch.Frame;
import org.yolotorch.Keypoint;
import org.yolotorch.Keypoints;
import org.yolotorch.Obb;
import org.yolotorch.Probs;
import org.yolotorch.Result;
import org.yolotorch.VideoFrame;
import org.yolotorch.Xy;
import org.yolotorch.Xyxy;

/** Results as JSON: an array with one object per detection. */
public final class ResultJson {
  private final StringBuilder out = new StringBuilder();

  private ResultJson() {}

  public static String predictions(Result result) {
    ResultJson json = new ResultJson();
    json.array(result);
    return json.out.toString();
  }

  public static String entry(Result result, String image) {
    ResultJson json = new ResultJson();
    Json.text(json.out.append("{\"image\":"), image);
    VideoFrame at = result.frame().flatMap(Frame::video).orElse(null);
    if (at != null) {
      json.out.append(",\"frame\":").append(at.number());
      Json.number(json.out.append(",\"time_ms\":"), at.micros() / 1e3);
    }
    json.out.append(",\"predictions\":");
    json.array(result);
    return json.out.append('}').toString();
  }

  private void array(Result result) {
    out.append('[');
    if (result.probs().isPresent()) {
      Probs probs = result.probs().get();
      start(probs.top1(), probs.label(probs.top1()), probs.top1Confidence());
      out.append('}');
    }
    for (int i = 0; i < result.boxes().size(); i++) {
      Box box = result.boxes().get(i);
      start(box.classId(), box.label(), box.confidence());
      Xyxy at = box.xyxy();
      corners(List.of(new Xy(at.x1(), at.y1()), new Xy(at.x2(), at.y2())));
      if (!result.masks().isEmpty()) {
        points("segments", result.masks().get(i).polygon());
        out.append('}');
      }
      if (!result.keypoints().isEmpty()) {
        keypoints(result.keypoints().get(i));
      }
      out.append('}');
    }
    for (Obb obb : result.obbs()) {
      start(obb.classId(), obb.label(), obb.confidence());
      corners(obb.corners());
      out.append('}');
    }
    out.append(']');
  }

  private void start(int classId, String label, float confidence) {
    if (out.charAt(out.length() - 1) == '}') {
      out.append(',');
    }
    Json.text(out.append("{\"name\":"), label);
    out.append(",\"class\":").append(classId);
    Json.number(out.append(",\"confidence\":"), confidence);
  }

  private void corners(List<Xy> corners) {
    out.append(",\"box\":{");
    for (int i = 0; i < corners.size(); i++) {
      Json.number(
          out.append(i == 0 ? "\"x" : ",\"x").append(i + 1).append("\":"), corners.get(i).x());
      Json.number(out.append(",\"y").append(i + 1).append("\":"), corners.get(i).y());
    }
    out.append('}');
  }

  /** An object of coordinates, left open. */
  private void points(String name, List<Xy> points) {
    List<Float> x = new ArrayList<>(points.size());
    List<Float> y = new ArrayList<>(points.size());
    for (Xy point : points) {
      x.add(point.x());
      y.add(point.y());
    }
    Json.text(out.append(','), name).append(":{");
    numbers("x", x);
    out.append(',');
    numbers("y", y);
  }

  private void keypoints(Keypoints pose) {
    points("keypoints", pose.xy());
    List<Float> visible = new ArrayList<>();
    for (Keypoint point : pose.points()) {
      if (point.hasVisibility()) {
        visible.add(point.visibility());
      }
    }
    if (!visible.isEmpty()) {
      out.append(',');
      numbers("visible", visible);
    }
    out.append('}');
  }

  private void numbers(String name, List<Float> values) {
    Json.text(out, name).append(":[");
    for (int i = 0; i < values.size(); i++) {
      Json.number(i == 0 ? out : out.append(','), values.get(i));
    }
    out.append(']');
  }
}
