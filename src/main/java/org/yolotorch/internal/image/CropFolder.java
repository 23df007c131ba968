// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.image;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.yolotorch.internal.FileNames;
import org.yolotorch.internal.PathText;

/** Writes the pictures of objects, a folder per class. Not thread-safe. */
public final class CropFolder {
  private final Path folder;
  private final boolean keeps;
  private final Set<Path> taken = new HashSet<>();

  /**
   * Makes no folder yet.
   *
   * @param keeps whether a file that was there before keeps its name
   */
  public CropFolder(Path folder, boolean keeps) {
    this.folder = folder;
    this.keeps = keeps;
  }

  /**
   * Writes one picture; a number is added where the name is taken.
   *
   * @return the file
   * @throws org.yolotorch.YoloException.WriteFailed if it cannot be written
   */
  public Path write(String label, String stem, BufferedImage picture) {
    Path crops = PathText.resolve(folder, FileNames.safe(label));
    Path file = PathText.resolve(crops, stem + ".jpg");
    for (int i = 2; !taken.add(file) || keeps && Files.exists(file); i++) {
      file = PathText.resolve(crops, stem + i + ".jpg");
    }
    PictureFile.write(picture, file, true);
    return file;
  }
}
