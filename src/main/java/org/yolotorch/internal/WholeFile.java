// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes files atomically: to a temporary file beside the target, which is then renamed. */
public final class WholeFile {
  private WholeFile() {}

  /** What writes a file. */
  public interface Content {
    void writeTo(Path file) throws IOException;
  }

  /** The temporary file of a target. */
  public static Path part(Path file) {
    String name = "." + PathText.nameOf(file) + ".part";
    Path folder = file.getParent();
    return PathText.resolve(folder == null ? Path.of("") : folder, name);
  }

  /** Removes what was written of a file that will not be whole. */
  public static void discard(Path part) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      // It stays beside the results, where its name tells what it is.
    }
  }

  /** Writes a file; if that fails, nothing is left and what was there before stays. */
  public static void write(Path file, Content content) throws IOException {
    Path part = part(file);
    try {
      content.writeTo(part);
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
