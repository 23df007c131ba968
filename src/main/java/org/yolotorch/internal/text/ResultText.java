// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.text;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.yolotorch.Box;
import org.yolotorch.Detection;
import org.yolotorch.Keypoint;
import org.yolotorch.Keypoints;
import org.yolotorch.Obb;
import org.yolotorch.Probs;
import org.yolotorch.Result;
import org.yolotorch.Xy;
import org.yolotorch.Xywh;
import org.yolotorch.internal.ClassNames;
import org.yolotorch.internal.PlainText;

/** Results as text: the summary of a log line, and the lines of YOLO label files. */
public final class ResultText {
  private final Result result;
  private final StringBuilder out = new StringBuilder();

  private ResultText(Result result) {
    this.result = result;
  }

  public static String summary(Result result) {
    return new ResultText(result).summary();
  }

  public static String labels(Result result, boolean saveConf) {
    return new ResultText(result).labels(saveConf);
  }

  private String summary() {
    if (result.probs().isPresent()) {
      Probs probs = result.probs().get();
      for (int id : probs.top5()) {
        entry(PlainText.start(probs.label(id)) + " " + Decimals.hundredths(probs.get(id)));
      }
      return out.toString();
    }
    Map<Integer, Integer> counts = new TreeMap<>();
    for (Detection object : result.objects()) {
      counts.merge(object.classId(), 1, Integer::sum);
    }
    for (Map.Entry<Integer, Integer> count : counts.entrySet()) {
      String name = PlainText.start(ClassNames.of(result.names(), count.getKey()));
      entry(count.getValue() + " " + name + (count.getValue() > 1 ? "s" : ""));
    }
    return counts.isEmpty() ? "(no detections)" : out.toString();
  }

  private void entry(String text) {
    out.append(out.isEmpty() ? "" : ", ").append(text);
  }

  private String labels(boolean saveConf) {
    if (result.probs().isPresent()) {
      Probs probs = result.probs().get();
      for (int id : probs.top5()) {
        out.append(Decimals.hundredths(probs.get(id))).append(' ');
        out.append(PlainText.of(probs.label(id))).append('\n');
      }
      return out.toString();
    }
    for (Obb obb : result.obbs()) {
      out.append(obb.classId());
      points(obb.xyxyxyxyn());
      endLine(saveConf, obb.confidence());
    }
    for (int i = 0; i < result.boxes().size(); i++) {
      Box box = result.boxes().get(i);
      out.append(box.classId());
      if (result.masks().isEmpty()) {
        place(box.xywhn());
      } else {
        points(result.masks().get(i).polygonn());
      }
      if (!result.keypoints().isEmpty()) {
        keypoints(result.keypoints().get(i));
      }
      endLine(saveConf, box.confidence());
    }
    return out.toString();
  }

  private void place(Xywh box) {
    number(box.x());
    number(box.y());
    number(box.width());
    number(box.height());
  }

  private void points(List<Xy> points) {
    for (Xy point : points) {
      number(point.x());
      number(point.y());
    }
  }

  private void keypoints(Keypoints pose) {
    List<Xy> places = pose.xyn();
    for (int k = 0; k < places.size(); k++) {
      Keypoint point = pose.points().get(k);
      number(places.get(k).x());
      number(places.get(k).y());
      if (point.hasVisibility()) {
        number(point.visibility());
      }
    }
  }

  private void number(float value) {
    LabelNumber.append(out.append(' '), value);
  }

  private void endLine(boolean saveConf, float confidence) {
    if (saveConf) {
      number(confidence);
    }
    out.append('\n');
  }
}
