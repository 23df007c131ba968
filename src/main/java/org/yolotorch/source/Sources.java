// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.yolotorch.YoloException;

/** Opens what users name as a source. Stateless and thread-safe. */
public final class Sources {
  private static final String[] SUFFIXES = {
    ".bmp", ".jpeg", ".jpg", ".mpo", ".png", ".tif", ".tiff"
  };

  private Sources() {}

  /** Opens a picture file or a folder; see {@link #open(List)}. */
  public static Source open(Path path) {
    return open(path.toString());
  }

  /** Opens a picture file, a folder or a pattern; see {@link #open(List)}. */
  public static Source open(String name) {
    return open(List.of(name));
  }

  /**
   * Opens pictures, in the order named. Each name is
   *
   * <ul>
   *   <li>a file,
   *   <li>a folder: the bmp, jpg, jpeg, mpo, png, tif and tiff files in it, sorted, not those of
   *       its sub-folders,
   *   <li>or a pattern with {@code *}, {@code ?} and {@code [...]}, sorted, where {@code **} stands
   *       for folders of any depth.
   * </ul>
   *
   * @throws YoloException.NotFound if a name leads to no picture
   */
  public static Source open(List<String> names) {
    List<Path> files = new ArrayList<>();
    for (String name : names) {
      int before = files.size();
      try {
        add(name, files);
      } catch (IOException e) {
        throw new YoloException.NotFound(
            "The source '" + name + "' must be readable, but is not; check its permissions.", e);
      } catch (InvalidPathException e) {
        throw new YoloException.NotFound(
            "A file, folder or pattern was expected as source, but '"
                + name.replace('\0', '?')
                + "' is no path; check it.",
            e);
      }
      if (files.size() == before) {
        throw new YoloException.NotFound(
            "A picture file, a folder of pictures or a pattern was expected as source, but '"
                + name
                + "' leads to no picture; check the path.");
      }
    }
    return new FileSource(List.copyOf(files));
  }

  private static void add(String name, List<Path> files) throws IOException {
    Path path = Path.of(name);
    if (Files.isDirectory(path)) {
      addFolder(path, files);
    } else if (Files.exists(path)) {
      files.add(path.toAbsolutePath().normalize());
    } else if (Glob.isPattern(name)) {
      for (Path match : Glob.find(name)) {
        if (isPicture(match)) {
          files.add(match);
        }
      }
    }
  }

  private static void addFolder(Path folder, List<Path> files) throws IOException {
    List<Path> found = new ArrayList<>();
    try (var entries = Files.newDirectoryStream(folder.toAbsolutePath().normalize())) {
      for (Path entry : entries) {
        if (isPicture(entry) && Files.isRegularFile(entry)) {
          found.add(entry);
        }
      }
    }
    found.sort(null);
    files.addAll(found);
  }

  private static boolean isPicture(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    for (String suffix : SUFFIXES) {
      if (name.endsWith(suffix)) {
        return true;
      }
    }
    return false;
  }
}
