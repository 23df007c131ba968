// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.yolotorch.Task;
import org.yolotorch.YoloException;
import org.yolotorch.internal.PathText;
import org.yolotorch.internal.PlainText;
import org.yolotorch.internal.RunFolder;

/** Finds the folder of a run: name, then name2, name3 and so on. */
final class RunDirectory {
  /** Of the number behind the name. */
  private static final int NUMBER_BYTES = 4;

  /** What Linux takes; other systems take as much or less. */
  private static final int MOST_NAME_BYTES = 255;

  private RunDirectory() {}

  /** Makes the folder of a run as the command line asks for it. */
  static Path of(Values values, Task task, Mode mode) {
    return RunFolder.create(
        project(values, task), name(values, mode), values.flag(Argument.EXIST_OK));
  }

  /**
   * Checks whether {@link #of} could make the folder, without changing anything, so that a failure
   * is reported before the model is loaded.
   *
   * @throws YoloException as {@link RunFolder#create} does
   */
  static void check(Values values, Mode mode) {
    boolean existOk = values.flag(Argument.EXIST_OK);
    checkLengths("name", name(values, mode), existOk ? 0 : NUMBER_BYTES);
    if (values.isGiven(Argument.PROJECT)) {
      checkLengths("project", values.text(Argument.PROJECT), 0);
    }
    YoloException refusal = null;
    // Only the model knows which task's folder it will be where no project is given.
    for (Task task : Task.values()) {
      try {
        RunFolder.check(project(values, task), name(values, mode), existOk);
        return;
      } catch (YoloException e) {
        refusal = refusal == null ? e : refusal;
      }
    }
    throw refusal;
  }

  /**
   * Refuses names that no file system takes. Such a one is else found too long only when the
   * folders above it are there.
   */
  private static void checkLengths(String key, String path, int behind) {
    for (String part : path.split("/")) {
      int bytes = part.getBytes(StandardCharsets.UTF_8).length;
      if (bytes > MOST_NAME_BYTES - behind) {
        throw new YoloException.InvalidArgument(
            key
                + " must be a path whose parts have at most "
                + (MOST_NAME_BYTES - behind)
                + " bytes, but "
                + PlainText.shown(part)
                + " has "
                + bytes
                + "; choose a shorter one.");
      }
    }
  }

  private static Path project(Values values, Task task) {
    String project = values.text(Argument.PROJECT);
    try {
      return project == null ? Path.of("runs", task.id()) : PathText.of(project);
    } catch (InvalidPathException e) {
      throw new YoloException.InvalidArgument(
          "project must be a path, but was '"
              + project.replace('\0', '?')
              + "'"
              + PathText.advice(project, "; write it like project=folder."),
          e);
    }
  }

  private static String name(Values values, Mode mode) {
    return values.isGiven(Argument.NAME) ? values.text(Argument.NAME) : mode.id();
  }
}
