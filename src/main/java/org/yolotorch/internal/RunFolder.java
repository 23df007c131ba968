// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.yolotorch.YoloException;

/** Makes the folder of a run: name, then name2, name3 and so on. */
public final class RunFolder {
  private static final int MOST_RUNS = 9999;

  private RunFolder() {}

  /**
   * Checks whether {@link #create} could make the folder, without changing anything.
   *
   * @throws YoloException as {@link #create} does
   */
  public static void check(Path project, String name, boolean existOk) {
    Path folder = inside(project, name);
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
  public static Path create(Path project, String name, boolean existOk) {
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
