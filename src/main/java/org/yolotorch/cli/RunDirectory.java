// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.yolotorch.Task;
import org.yolotorch.YoloException;

/** Finds the folder of a run: name, then name2, name3 and so on. */
final class RunDirectory {
  private static final int MOST_RUNS = 9999;

  private RunDirectory() {}

  /** Makes the folder of a run as the command line asks for it. */
  static Path of(Values values, Task task, String fallback) {
    String project = values.text(Argument.PROJECT);
    Path parent = project == null ? Path.of("runs", task.id()) : Path.of(project);
    String name = values.isGiven(Argument.NAME) ? values.text(Argument.NAME) : fallback;
    return create(parent, name, values.flag(Argument.EXIST_OK));
  }

  /**
   * Makes the folder. Creating it is what claims it, so two processes never share one.
   *
   * @param existOk whether an existing folder is used again
   * @throws YoloException.InvalidArgument if the name leads out of the project
   * @throws YoloException.WriteFailed if it cannot be made
   */
  static Path create(Path project, String name, boolean existOk) {
    Path first = inside(project, name);
    try {
      if (existOk) {
        return Files.createDirectories(first);
      }
      Path parent = first.toAbsolutePath().normalize().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      for (int run = 1; run <= MOST_RUNS; run++) {
        Path folder = run == 1 ? first : project.resolve(name + run);
        try {
          return Files.createDirectory(folder);
        } catch (FileAlreadyExistsException taken) {
          // Another run has it; take the next number.
        }
      }
    } catch (IOException e) {
      throw new YoloException.WriteFailed(
          "A folder for the results must be made at '"
              + first
              + "', but that failed ("
              + e.getClass().getSimpleName()
              + "); choose another one with project=.",
          e);
    }
    throw new YoloException.WriteFailed(
        "At most "
            + MOST_RUNS
            + " runs fit beside '"
            + first
            + "', but all are taken; remove some or choose another name=.");
  }

  private static Path inside(Path project, String name) {
    try {
      Path folder = project.resolve(name);
      Path outer = project.toAbsolutePath().normalize();
      Path inner = folder.toAbsolutePath().normalize();
      if (inner.startsWith(outer) && !inner.equals(outer)) {
        return folder;
      }
    } catch (InvalidPathException e) {
      // No path at all: told below.
    }
    throw new YoloException.InvalidArgument(
        "name must be a folder inside of the project '"
            + project
            + "', but was '"
            + name.replace('\0', '?')
            + "'; choose the place with project=.");
  }
}
