// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.data;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.yolotorch.YoloException;
import org.yolotorch.internal.Count;
import org.yolotorch.internal.PlainText;

/**
 * The pictures of a split.
 *
 * @param found those that are there, in a fixed order
 * @param missing those that a list names, but that are not there
 */
record PictureFiles(Set<Path> found, List<Path> missing) {
  private static final int MAX_LIST_BYTES = 64 << 20;

  /** Folders that links may lead to once more. */
  private static final int MOST_LINKED = 1000;

  /** Those of Ultralytics' pictures: one that cannot be read here is to be told, not forgotten. */
  private static final Set<String> SUFFIXES =
      Set.of("bmp", "dng", "heic", "jpeg", "jpg", "mpo", "pfm", "png", "tif", "tiff", "webp");

  /**
   * Finds the pictures of folders and all below them, of lists of pictures, and single ones.
   *
   * @param warnings is told of lists whose pictures are missing
   * @throws YoloException.NotFound if a folder or list is not there or has no pictures
   * @throws YoloException.InvalidData if a list is none
   */
  static PictureFiles find(DataFile data, Path working, Consumer<String> warnings) {
    PictureFiles all = new PictureFiles(new LinkedHashSet<>(), new ArrayList<>());
    for (List<Path> places : data.pictures()) {
      Path place = places.stream().filter(Files::exists).findFirst().orElse(null);
      if (place == null) {
        throw new YoloException.NotFound(
            "The pictures of "
                + data.split()
                + " were expected at "
                + DataText.anyOf(places)
                + ", as '"
                + data.file()
                + "' says, but nothing is there; download the data set, or correct path and "
                + data.split()
                + ".");
      }
      try {
        all.add(data, place, working, warnings);
      } catch (IOException e) {
        throw new YoloException.NotFound(
            "The pictures at '" + place + "' must be readable, but are not; check permissions.", e);
      }
    }
    return all;
  }

  private void add(DataFile data, Path place, Path working, Consumer<String> warnings)
      throws IOException {
    List<Path> pictures;
    if (Files.isDirectory(place)) {
      pictures = walk(place);
    } else if (isPicture(place) && Files.isRegularFile(place)) {
      pictures = List.of(place);
    } else {
      pictures = list(data, place, working, warnings);
    }
    if (pictures.isEmpty()) {
      throw new YoloException.NotFound(
          "Pictures of "
              + data.split()
              + " were expected in '"
              + place
              + "', but none is there; correct '"
              + data.file()
              + "'.");
    }
    found.addAll(pictures);
  }

  /**
   * All pictures below a folder, sorted; as in a shell, names that begin with a dot are passed
   * over, which other systems leave behind.
   */
  static List<Path> walk(Path folder) throws IOException {
    List<Path> pictures = new ArrayList<>();
    Set<Object> folders = new HashSet<>();
    int[] again = new int[1];
    Files.walkFileTree(
        folder,
        EnumSet.of(FileVisitOption.FOLLOW_LINKS),
        Integer.MAX_VALUE,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path below, BasicFileAttributes attributes) {
            if (isHidden(below) && !below.equals(folder)) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            // Folders that link to each other have more ways through than could ever be gone.
            Object key = attributes.fileKey();
            if (key != null && !folders.add(key) && ++again[0] > MOST_LINKED) {
              throw new YoloException.InvalidData(
                  "A folder of pictures must lead to each picture on few ways, but links in '"
                      + folder
                      + "' lead to the same folders more than "
                      + MOST_LINKED
                      + " times; remove some.");
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (!attributes.isOther() && !isHidden(file) && isPicture(file)) {
              pictures.add(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof FileSystemLoopException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }
        });
    pictures.sort(null);
    return pictures;
  }

  static boolean isHidden(Path file) {
    return file.getFileName() != null && file.getFileName().toString().startsWith(".");
  }

  /** The pictures among the lines of a file; other lines are passed over. */
  private List<Path> list(DataFile data, Path file, Path working, Consumer<String> warnings)
      throws IOException {
    Set<Path> bases = new LinkedHashSet<>(List.of(file.getParent()));
    bases.addAll(data.roots());
    bases.add(working);
    List<Path> pictures = new ArrayList<>();
    List<Path> lost = new ArrayList<>();
    Set<Path> looked = null;
    for (String line : DataText.read(file, MAX_LIST_BYTES).lines().map(String::strip).toList()) {
      Set<Path> places = line.isEmpty() ? Set.of() : places(file, bases, line);
      if (places.isEmpty()) {
        continue;
      }
      Path place = places.stream().filter(Files::isRegularFile).findFirst().orElse(null);
      if (place != null) {
        pictures.add(place);
      } else {
        looked = looked == null ? places : looked;
        lost.add(places.iterator().next());
      }
    }
    if (!lost.isEmpty()) {
      tell(data, file, pictures.size(), lost.size(), looked, warnings);
    }
    missing.addAll(lost);
    pictures.sort(null);
    return pictures;
  }

  private static Set<Path> places(Path list, Set<Path> bases, String line) {
    Set<Path> places = new LinkedHashSet<>();
    try {
      for (Path base : bases) {
        Path place = DataText.place(base, line);
        if (isPicture(place)) {
          places.add(place);
        }
      }
    } catch (InvalidPathException e) {
      throw new YoloException.InvalidData(
          "Lines of '"
              + list
              + "' must be paths of pictures, but "
              + PlainText.shown(line)
              + " is none; correct it.",
          e);
    }
    return places;
  }

  private static void tell(
      DataFile data, Path list, int there, int lost, Set<Path> looked, Consumer<String> warnings) {
    if (there == 0) {
      throw new YoloException.NotFound(
          "The pictures that '"
              + list
              + "' lists were expected, the first of "
              + lost
              + " at "
              + DataText.anyOf(looked)
              + ", but none is there; correct the list, or path in '"
              + data.file()
              + "'.");
    }
    warnings.accept(
        "All pictures that '"
            + list
            + "' lists were expected, but "
            + Count.of(lost, "picture")
            + " of "
            + (there + lost)
            + " cannot be found, such as "
            + DataText.anyOf(looked)
            + "; what is missing is left out.");
  }

  private static boolean isPicture(Path file) {
    String name = file.getFileName() == null ? "" : file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return dot >= 0 && SUFFIXES.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
  }
}
