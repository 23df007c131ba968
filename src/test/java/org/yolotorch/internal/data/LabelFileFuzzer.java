// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.data;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.yolotorch.ErrorCode;
import org.yolotorch.Task;
import org.yolotorch.support.Fuzzing;

/** Reads whatever comes as a label file, for every task that has such files. */
public final class LabelFileFuzzer {
  private static final Set<ErrorCode> REFUSALS = EnumSet.of(ErrorCode.INVALID_DATA);
  private static final int CLASSES = 3;
  private static final int KEYPOINTS = 2;

  private LabelFileFuzzer() {}

  /** Called by Jazzer. */
  public static void fuzzerTestOneInput(byte[] input) {
    Path file = Fuzzing.file("labels.txt", input);
    for (Task task : Task.values()) {
      for (int values = 2; values <= 3; values++) {
        LabelFormat format = new LabelFormat(task, CLASSES, KEYPOINTS, values);
        Fuzzing.mayRefuse(
            REFUSALS, () -> LabelFile.read(file, format).labels().forEach(LabelFileFuzzer::check));
      }
    }
  }

  private static void check(Label label) {
    if (label.classId() < 0 || label.classId() >= CLASSES) {
      throw new AssertionError("class " + label.classId());
    }
    for (double value : label.box().centred()) {
      if (!Double.isFinite(value)) {
        throw new AssertionError("box with " + value);
      }
    }
  }
}
