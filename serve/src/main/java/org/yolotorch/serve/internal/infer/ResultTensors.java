// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.serve.internal.infer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.yolotorch.Detection;
import org.yolotorch.Keypoint;
import org.yolotorch.ModelInfo;
import org.yolotorch.Obb;
import org.yolotorch.Probs;
import org.yolotorch.Result;
import org.yolotorch.Task;
import org.yolotorch.Xywhr;
import org.yolotorch.Xyxy;

/**
 * The results of pictures as tensors. The second side of most is the number of objects in the
 * picture that has the most; what other pictures lack is 0, or an empty text.
 */
final class ResultTensors {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<Result> results;
  private final ModelInfo info;
  private final int pictures;
  private final int most;

  private ResultTensors(List<Result> results, ModelInfo info) {
    this.results = results;
    this.info = info;
    this.pictures = results.size();
    this.most = results.stream().mapToInt(result -> result.objects().size()).max().orElse(0);
  }

  static List<OutputTensor> of(List<Result> results, ModelInfo info) {
    ResultTensors tensors = new ResultTensors(results, info);
    return info.task() == Task.CLASSIFY ? tensors.classes() : tensors.objects();
  }

  private List<OutputTensor> classes() {
    int count = info.names().size();
    float[] scores = new float[pictures * count];
    String[] labels = new String[pictures];
    int[] best = new int[pictures];
    for (int i = 0; i < pictures; i++) {
      Probs probs = results.get(i).probs().orElseThrow();
      System.arraycopy(probs.toArray(), 0, scores, i * count, count);
      best[i] = probs.top1();
      labels[i] = probs.top1Label();
    }
    return List.of(
        OutputTensor.of("scores", scores, pictures, count),
        OutputTensor.of("classes", best, pictures, 1),
        OutputTensor.of("labels", labels, pictures, 1));
  }

  private List<OutputTensor> objects() {
    List<OutputTensor> all = new ArrayList<>();
    int[] counts = results.stream().mapToInt(result -> result.objects().size()).toArray();
    all.add(OutputTensor.of("num_dets", counts, pictures, 1));
    boolean rotated = info.task() == Task.OBB;
    all.add(OutputTensor.of("boxes", rotated ? centres() : corners(), pictures, most, 4));
    all.add(OutputTensor.of("scores", floats(Detection::confidence), pictures, most));
    all.add(OutputTensor.of("classes", ints(Detection::classId), pictures, most));
    all.add(OutputTensor.of("labels", texts(Detection::label), pictures, most));
    switch (info.task()) {
      case OBB ->
          all.add(
              OutputTensor.of(
                  "angles", floats(object -> ((Obb) object).xywhr().angle()), pictures, most));
      case POSE ->
          all.add(
              OutputTensor.of(
                  "keypoints",
                  keypoints(),
                  pictures,
                  most,
                  info.keypoints(),
                  info.keypointValues()));
      case SEGMENT -> all.add(OutputTensor.of("masks", masks(), pictures, most));
      default -> {}
    }
    return all;
  }

  private interface ToFloat {
    float of(Detection object);
  }

  private float[] floats(ToFloat value) {
    float[] values = new float[pictures * most];
    forEach((at, picture, i) -> values[at] = value.of(picture.objects().get(i)));
    return values;
  }

  private int[] ints(ToIntFunction<Detection> value) {
    int[] values = new int[pictures * most];
    forEach((at, picture, i) -> values[at] = value.applyAsInt(picture.objects().get(i)));
    return values;
  }

  private String[] texts(Function<Detection, String> value) {
    String[] values = new String[pictures * most];
    Arrays.fill(values, "");
    forEach((at, picture, i) -> values[at] = value.apply(picture.objects().get(i)));
    return values;
  }

  private interface Visit {
    void visit(int at, Result picture, int i);
  }

  private void forEach(Visit visit) {
    for (int p = 0; p < pictures; p++) {
      Result picture = results.get(p);
      for (int i = 0; i < picture.objects().size(); i++) {
        visit.visit(p * most + i, picture, i);
      }
    }
  }

  private float[] corners() {
    float[] values = new float[pictures * most * 4];
    forEach(
        (at, picture, i) -> {
          Xyxy box = picture.boxes().get(i).xyxy();
          put(values, 4 * at, box.x1(), box.y1(), box.x2(), box.y2());
        });
    return values;
  }

  private float[] centres() {
    float[] values = new float[pictures * most * 4];
    forEach(
        (at, picture, i) -> {
          Xywhr box = picture.obbs().get(i).xywhr();
          put(values, 4 * at, box.x(), box.y(), box.width(), box.height());
        });
    return values;
  }

  private static void put(float[] values, int at, float... four) {
    System.arraycopy(four, 0, values, at, four.length);
  }

  private float[] keypoints() {
    int each = info.keypointValues();
    int row = info.keypoints() * each;
    float[] values = new float[pictures * most * row];
    forEach(
        (at, picture, i) -> {
          int next = at * row;
          for (Keypoint point : picture.keypoints().get(i).points()) {
            values[next] = point.x();
            values[next + 1] = point.y();
            if (each > 2) {
              values[next + 2] = point.visibility();
            }
            next += each;
          }
        });
    return values;
  }

  /** As COCO writes them: height and width, and compressed run lengths. */
  private String[] masks() {
    String[] values = new String[pictures * most];
    Arrays.fill(values, "");
    for (int p = 0; p < pictures; p++) {
      List<String> entries = results.get(p).toCoco("", id -> id);
      for (int i = 0; i < entries.size(); i++) {
        values[p * most + i] = segmentation(entries.get(i));
      }
    }
    return values;
  }

  private static String segmentation(String entry) {
    try {
      return JSON.readTree(entry).get("segmentation").toString();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
