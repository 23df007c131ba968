// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.yolotorch.YoloException;
import org.yolotorch.internal.FileNames;
import org.yolotorch.internal.PathText;
import org.yolotorch.internal.WholeFile;
import org.yolotorch.internal.image.CropFolder;
import org.yolotorch.internal.image.PictureFile;

/**
 * Writes the files of a run. Each is written to a temporary file and then renamed, so that no
 * incomplete file is ever visible.
 */
final class RunFiles implements AutoCloseable {
  private static final String JSON_BETWEEN = ",\n";

  private final Path folder;
  private final Set<String> stems = new HashSet<>();
  private CropFolder crops;
  private int labels;
  private ListFile json;
  private OrderedTextFile predictions;
  private ListFile csv;

  RunFiles(Path folder) {
    this.folder = folder;
  }

  Path folder() {
    return folder;
  }

  Path labelFolder() {
    return folder.resolve("labels");
  }

  /** Label files written so far. */
  int labels() {
    return labels;
  }

  /** The file name without suffix; two pictures of one name get different ones. */
  String claimStem(Path picture) {
    return claimStem(PathText.nameOf(picture));
  }

  String claimStem(String name) {
    String stem = FileNames.safe(FileNames.withoutSuffix(name));
    String free = stem;
    for (int i = 2; !stems.add(free); i++) {
      free = stem + "_" + i;
    }
    return free;
  }

  /** Writes an annotated picture. */
  void writePicture(String stem, BufferedImage picture) {
    PictureFile.write(picture, PathText.resolve(folder, stem + ".jpg"));
  }

  /** Writes a frame of a video into the folder of its frames. */
  void writeFrame(String stem, long number, BufferedImage picture) {
    Path frames = makeFolder(PathText.resolve(folder, stem + "_frames"));
    PictureFile.write(picture, PathText.resolve(frames, stem + "_" + number + ".jpg"));
  }

  /** Writes the picture of one object; a number is added where the name is taken. */
  void writeCrop(String label, String stem, BufferedImage picture) {
    if (crops == null) {
      crops = new CropFolder(folder.resolve("crops"), false);
    }
    crops.write(label, stem, picture);
  }

  private static Path makeFolder(Path path) {
    try {
      return Files.createDirectories(path);
    } catch (IOException e) {
      throw failed(path, e);
    }
  }

  /** Writes a label file, unless there is nothing to write. */
  void writeLabels(String stem, String text) {
    if (text.isEmpty()) {
      return;
    }
    write(PathText.resolve(makeFolder(labelFolder()), stem + ".txt"), text);
    labels++;
  }

  /** Writes a text as UTF-8. */
  static void write(Path file, String text) {
    try {
      WholeFile.write(file, part -> Files.writeString(part, text));
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  /** Adds an entry to predictions.json, which {@link #close()} completes. */
  void writeJson(String entry) {
    if (json == null) {
      json = new ListFile(folder.resolve("predictions.json"), "[\n", JSON_BETWEEN, "\n]\n");
    }
    json.add(entry);
  }

  /** As {@link #writeJson(String)}, of entries that stand behind those of lower ranks. */
  void writeJson(int rank, List<String> entries) {
    if (entries.isEmpty()) {
      return;
    }
    if (predictions == null) {
      Path file = folder.resolve("predictions.json");
      predictions = new OrderedTextFile(WholeFile.part(folder.resolve("predictions")), file);
    }
    predictions.add(rank, String.join(JSON_BETWEEN, entries));
  }

  /** Adds lines to predictions.csv, which {@link #close()} completes. */
  void writeCsv(String header, String lines) {
    if (csv == null) {
      csv = new ListFile(folder.resolve("predictions.csv"), header, "", "");
    }
    csv.add(lines);
  }

  @Override
  public void close() {
    try {
      drain();
    } finally {
      try {
        if (json != null) {
          json.close();
          json = null;
        }
      } finally {
        if (csv != null) {
          csv.close();
          csv = null;
        }
      }
    }
  }

  private void drain() {
    if (predictions == null) {
      return;
    }
    try (OrderedTextFile waiting = predictions) {
      predictions = null;
      waiting.drain(this::writeJson);
    } catch (YoloException e) {
      if (json != null) {
        json.discard();
      }
      throw e;
    }
  }

  static YoloException failed(Path file, IOException e) {
    return new YoloException.WriteFailed(
        "A result must be written to '"
            + file
            + "', but that failed ("
            + WholeFile.reason(e)
            + "); free some space or choose another folder with project=.",
        e);
  }
}
