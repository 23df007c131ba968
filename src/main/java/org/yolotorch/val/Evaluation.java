// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.val;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yolotorch.Box;
import org.yolotorch.Obb;
import org.yolotorch.Result;
import org.yolotorch.Task;
import org.yolotorch.internal.data.Label;

/** Compares detections with labels, picture by picture. */
final class Evaluation {
  private final Task task;
  private final ValOptions options;
  private final int side;
  private final int[] instances;
  private final int[] images;
  private final MetricAccumulator boxes = new MetricAccumulator();
  private final MetricAccumulator others = new MetricAccumulator();
  private final ConfusionCounter confusion;

  /** {@code side} of the square that pictures are scaled into; 0 for the network's input. */
  Evaluation(Task task, ValOptions options, int classes, int side) {
    this.task = task;
    this.options = options;
    this.side = side;
    int count = options.singleCls() ? 1 : classes;
    this.instances = new int[count];
    this.images = new int[count];
    this.confusion = new ConfusionCounter(count);
  }

  /** Adds a picture. */
  void add(Result result, List<Label> all) {
    List<Label> labels = new ArrayList<>();
    for (Label label : all) {
      if (options.classes().isEmpty() || options.classes().contains(label.classId())) {
        labels.add(options.singleCls() ? label.withClass(0) : label);
      }
    }
    int[] labelClasses = labels.stream().mapToInt(Label::classId).toArray();
    Set<Integer> seen = new HashSet<>();
    for (int id : labelClasses) {
      instances[id]++;
      images[id] += seen.add(id) ? 1 : 0;
    }
    List<Box> found = result.boxes();
    List<Obb> rotated = result.obbs();
    int count = task == Task.OBB ? rotated.size() : found.size();
    int[] classes = new int[count];
    float[] confidences = new float[count];
    for (int i = 0; i < count; i++) {
      int id = task == Task.OBB ? rotated.get(i).classId() : found.get(i).classId();
      classes[i] = options.singleCls() ? 0 : id;
      confidences[i] = task == Task.OBB ? rotated.get(i).confidence() : found.get(i).confidence();
    }
    Overlaps overlaps = new Overlaps(labels, result.imageWidth(), result.imageHeight());
    double[][] overlap = task == Task.OBB ? overlaps.rotated(rotated) : overlaps.boxes(found);
    boxes.add(classes, confidences, Matching.match(labelClasses, classes, overlap));
    confusion.add(labelClasses, classes, confidences, overlap);
    if (task == Task.SEGMENT || task == Task.POSE) {
      double[][] other =
          task == Task.POSE
              ? overlaps.keypoints(result.keypoints())
              : masks(overlaps, labels, result);
      others.add(classes, confidences, Matching.match(labelClasses, classes, other));
    }
  }

  private double[][] masks(Overlaps overlaps, List<Label> labels, Result result) {
    if (labels.isEmpty()) {
      return new double[0][];
    }
    return overlaps.masks(
        options.pictureMasks()
            ? LabelMasks.ofPicture(labels, result)
            : LabelMasks.ofQuarter(labels, result, side),
        result.masks().stream().map(PixelSet::of).toList());
  }

  int totalInstances() {
    int sum = 0;
    for (int count : instances) {
      sum += count;
    }
    return sum;
  }

  List<ClassCount> counts(Map<Integer, String> names) {
    List<ClassCount> counts = new ArrayList<>();
    for (int id = 0; id < instances.length; id++) {
      if (instances[id] > 0) {
        counts.add(new ClassCount(id, names.get(id), images[id], instances[id]));
      }
    }
    return counts;
  }

  Optional<Scores> boxScores() {
    return Optional.of(boxes.scores(instances));
  }

  /** Of masks or keypoints. */
  Optional<Scores> otherScores(Task wanted) {
    return task == wanted ? Optional.of(others.scores(instances)) : Optional.empty();
  }

  ConfusionMatrix confusion() {
    return confusion.matrix();
  }
}
