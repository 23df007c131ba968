// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import java.util.Locale;
import org.yolotorch.internal.Checks;

/** What a model predicts for a picture. */
public enum Task {
  /** Boxes. */
  DETECT,
  /** Boxes and instance masks. */
  SEGMENT,
  /** Boxes and key points. */
  POSE,
  /** Rotated boxes. */
  OBB,
  /** One class for the whole picture. */
  CLASSIFY;

  private final String id = name().toLowerCase(Locale.ROOT);

  /** The name used in model files and on the command line, such as {@code detect}. */
  public String id() {
    return id;
  }

  /**
   * The task of this name.
   *
   * @throws YoloException.InvalidArgument if no task has it
   */
  public static Task of(String id) {
    Checks.given("id", id);
    for (Task task : values()) {
      if (task.id.equals(id)) {
        return task;
      }
    }
    throw new YoloException.InvalidArgument(
        "A task must be one of detect, segment, pose, obb, classify, but was '"
            + id
            + "'; choose one of these.");
  }

  @Override
  public String toString() {
    return id;
  }
}
