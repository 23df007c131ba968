// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.data;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yolotorch.YoloException;
import org.yolotorch.internal.CacheFolder;
import org.yolotorch.internal.PathText;

/**
 * Where data sets may lie: beside their file, in the folders of all data sets, and in the working
 * folder. Immutable and thread-safe.
 */
public final class DataPlaces {
  /** Folders of data sets, separated as those of PATH are; {@code datasets} if there is none. */
  public static final String FOLDERS = "YOLOTORCH_DATASETS";

  private static final String DEFAULT_FOLDER = "datasets";

  private final Path working;
  private final List<Path> folders = new ArrayList<>();

  /**
   * The places that an environment names.
   *
   * @throws YoloException.InvalidArgument if it names what is no path
   */
  public DataPlaces(Path working, Map<String, String> environment) {
    this.working = working.toAbsolutePath().normalize();
    for (String folder : environment.getOrDefault(FOLDERS, "").split(File.pathSeparator)) {
      if (!folder.isBlank()) {
        folders.add(this.working.resolve(CacheFolder.path(FOLDERS, folder)));
      }
    }
    if (folders.isEmpty()) {
      folders.add(this.working.resolve(DEFAULT_FOLDER));
    }
  }

  /** The places of this process. */
  public static DataPlaces ofThisProcess() {
    return new DataPlaces(Path.of(""), System.getenv());
  }

  Path working() {
    return working;
  }

  /**
   * The file or folder of a data set. One that is not where it says may be in a folder of data
   * sets; a file also in the folder of its own name there, called so or {@code data.yaml}.
   *
   * @throws YoloException.NotFound if it is in none of the places
   */
  public Path find(Path data) {
    if (Files.exists(working.resolve(data))) {
      return data;
    }
    if (data.isAbsolute()) {
      throw new YoloException.NotFound(
          "A data set file such as data.yaml, or for the task classify a folder, was expected at '"
              + data
              + "', but there is none; check the path.");
    }
    Set<Path> places = new LinkedHashSet<>(List.of(working.resolve(data)));
    for (Path folder : folders) {
      places.add(folder.resolve(data));
      String name = data.toString().isEmpty() ? "" : PathText.nameOf(data);
      if (name.endsWith(".yaml") || name.endsWith(".yml")) {
        Path own = PathText.resolve(folder, name.substring(0, name.lastIndexOf('.')));
        places.add(PathText.resolve(own, name));
        places.add(own.resolve("data.yaml"));
      }
    }
    for (Path place : places) {
      if (Files.exists(place)) {
        return place.normalize();
      }
    }
    throw new YoloException.NotFound(
        "The data set '"
            + data
            + "' was expected at "
            + DataText.anyOf(places)
            + ", but there is none; check the path, or name the folder of your data sets in "
            + FOLDERS
            + ".");
  }

  /**
   * Where the pictures of a data set may begin, the best place first.
   *
   * @param beside the folder of its file
   * @param path what the file says; null if nothing
   * @throws java.nio.file.InvalidPathException if that is no path
   */
  List<Path> roots(Path beside, String path) {
    if (path == null) {
      return List.of(beside);
    }
    Set<Path> roots = new LinkedHashSet<>();
    roots.add(DataText.place(beside, path));
    for (Path folder : folders) {
      roots.add(DataText.place(folder, path));
    }
    roots.add(DataText.place(working, path));
    return List.copyOf(roots);
  }
}
