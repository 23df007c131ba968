// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.val;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yolotorch.ImageSize;
import org.yolotorch.Speed;
import org.yolotorch.Task;
import org.yolotorch.internal.Checks;

/**
 * Accuracy of a model on a data set. Immutable and thread-safe.
 *
 * @param task the model's task, which determines what else is present
 * @param names class names by class id, ascending: those of the data set, and the model's own for
 *     ids beyond
 * @param images pictures measured on
 * @param instances labels in them; for the task classify one per picture
 * @param classes the classes that have labels, ascending by class id
 * @param box metrics by overlap of boxes, for the task obb of rotated ones; empty for classify
 * @param mask metrics by overlap of masks, for the task segment alone
 * @param pose metrics by similarity of keypoints (OKS), for the task pose alone
 * @param top accuracy of the task classify alone
 * @param confusion which class was taken for which
 * @param speed milliseconds per picture, means over all batches but the first of each input size
 *     where there are others; for preparation over all
 * @param netSize size the network saw, in pixels; with {@link ValOptions#rect()} that of the last
 *     batch
 * @param skipped pictures left out because they or their labels could not be used; the listener was
 *     told why
 */
public record ValResult(
    Task task,
    Map<Integer, String> names,
    int images,
    int instances,
    List<ClassCount> classes,
    Optional<Scores> box,
    Optional<Scores> mask,
    Optional<Scores> pose,
    Optional<Top> top,
    ConfusionMatrix confusion,
    Speed speed,
    ImageSize netSize,
    List<Path> skipped) {
  /** Makes the collections unmodifiable. */
  public ValResult {
    Checks.given("task", task);
    names = Collections.unmodifiableMap(Checks.given("names", names));
    classes = Checks.all("classes", classes);
    Checks.given("box", box);
    Checks.given("mask", mask);
    Checks.given("pose", pose);
    Checks.given("top", top);
    Checks.given("confusion", confusion);
    Checks.given("speed", speed);
    Checks.given("netSize", netSize);
    skipped = Checks.all("skipped", skipped);
  }

  /**
   * One number to compare models of a task by, the higher the better: mAP50-95 of the boxes, for
   * segment and pose plus that of the masks or keypoints, for classify the mean of top 1 and top 5.
   */
  public double fitness() {
    if (top.isPresent()) {
      return (top.get().top1() + top.get().top5()) / 2;
    }
    double sum = 0;
    for (Optional<Scores> scores : List.of(box, mask, pose)) {
      sum += scores.map(s -> s.overall().map()).orElse(0.0);
    }
    return sum;
  }
}
