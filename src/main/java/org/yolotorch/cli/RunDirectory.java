// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.yolotorch.Task;
import org.yolotorch.YoloException;
import org.yolotorch.internal.PathText;
import org.yolotorch.internal.PlainText;

/** Finds the folder of a run: name, then name2, name3 and so on. */
final class RunDirectory {
  private static final int MOST_RUNS = 9999;

  /** Of the number behind the name. */
  private static final int NUMBER_BYTES = 4;

  /** What Linux takes; other systems take as much or less. */
  private static final int MOST_NAME_BYTES = 255;

  private RunDirectory() {}

  /** Makes the folder of a run as the command line asks for it. */
  static Path of(Values values, Task task, Mode mode) {
    return create(project(values, task), name(values, mode), values.flag(Argument.EXIST_OK));
  }

  /**
   * Checks whether {@link #of} could make the folder, without changing anything, so that a failure
   * is reported before the model is loaded.
   *
   * @throws YoloException as {@link #create} does
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
        check(inside(project(values, task), name(values, mode)), existOk);
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

  private static void check(Path folder, boolean existOk) {
    try {
      Path place = folder.toAbsolutePath().normalize();
      boolean there = exists(place);
      // A folder that is there is used again, or gets one beside it.
      if (there && !existOk) {
        place = place.getParent();
      }
      while (!exists(place)) {
        place = place.getParent();
      }
      if (!Files.isDirectory(place)) {
        throw new NotDirectoryException(place.toString());
      }
      if (!Files.isWritable(place)) {
        throw new AccessDeniedException(place.toString());
      }
    } catch (IOException e) {
      throw failed(folder, e);
    }
  }

  /** Whether there is anything; unlike Java's own it tells a path that can never be. */
  private static boolean exists(Path path) throws IOException {
    try {
      Files.readAttributes(path, BasicFileAttributes.class);
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
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
        Path folder = run == 1 ? first : PathText.resolve(project, name + run);
        try {
          return Files.createDirectory(folder);
        } catch (FileAlreadyExistsException taken) {
          // Another run has it; take the next number.
        }
      }
    } catch (IOException e) {
      throw failed(first, e);
    }
    throw new YoloException.WriteFailed(
        "At most "
            + MOST_RUNS
            + " runs fit beside '"
            + first
            + "', but all are taken; remove some or choose another name=.");
  }

  private static YoloException.WriteFailed failed(Path folder, IOException e) {
    return new YoloException.WriteFailed(
        "A folder for the results must be made at '"
            + folder
            + "', but that failed ("
            + e.getClass().getSimpleName()
            + "); choose another one with project=.",
        e);
  }

  private static Path inside(Path project, String name) {
    try {
      Path folder = PathText.resolve(project, name);
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
            + "'"
            + PathText.advice(name, "; choose the place with project=."));
  }
}
