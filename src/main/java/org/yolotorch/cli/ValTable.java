// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.yolotorch.internal.text.Decimals;
import org.yolotorch.val.ClassCount;
import org.yolotorch.val.Metrics;
import org.yolotorch.val.Scores;
import org.yolotorch.val.Top;
import org.yolotorch.val.ValResult;

/** The table of metrics: one line for all classes, then one per class. */
final class ValTable {
  private static final String[] COLUMNS = {"R", "mAP50", "mAP50-95)"};

  private final ValResult result;
  private final List<Scores> scores = new ArrayList<>();

  ValTable(ValResult result) {
    this.result = result;
    for (Optional<Scores> kind : List.of(result.box(), result.mask(), result.pose())) {
      kind.ifPresent(scores::add);
    }
  }

  /**
   * The lines.
   *
   * @param perClass whether classes have lines of their own, if there are several
   */
  List<String> lines(boolean perClass) {
    List<String> lines = new ArrayList<>();
    if (result.top().isPresent()) {
      Top top = result.top().get();
      lines.add(line("classes", "top1_acc", "top5_acc"));
      lines.add(line("all", Decimals.threeDigits(top.top1()), Decimals.threeDigits(top.top5())));
      return lines;
    }
    List<String> head = new ArrayList<>(List.of("Images", "Instances"));
    head("Box(P", result.box(), head);
    head("Mask(P", result.mask(), head);
    head("Pose(P", result.pose(), head);
    lines.add(line("Class", head.toArray(new String[0])));
    lines.add(row("all", result.images(), result.instances(), null));
    if (perClass && result.names().size() > 1) {
      for (ClassCount count : result.classes()) {
        lines.add(row(count.name(), count.images(), count.instances(), count.classId()));
      }
    }
    return lines;
  }

  private static void head(String first, Optional<Scores> kind, List<String> head) {
    if (kind.isPresent()) {
      head.add(first);
      head.addAll(List.of(COLUMNS));
    }
  }

  /** The metrics of a class, or of all if it is null. */
  private String row(String name, int images, int instances, Integer classId) {
    List<String> cells = new ArrayList<>(List.of("" + images, "" + instances));
    for (Scores kind : scores) {
      Metrics metrics = classId == null ? kind.overall() : kind.byClass().get(classId);
      cells.add(Decimals.threeDigits(metrics.precision()));
      cells.add(Decimals.threeDigits(metrics.recall()));
      cells.add(Decimals.threeDigits(metrics.map50()));
      cells.add(Decimals.threeDigits(metrics.map()));
    }
    return line(name, cells.toArray(new String[0]));
  }

  private static String line(String first, String... cells) {
    StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%22s", first));
    for (String cell : cells) {
      line.append(String.format(Locale.ROOT, "%11s", cell));
    }
    return line.toString();
  }
}
