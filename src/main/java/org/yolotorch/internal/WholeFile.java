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
    return file.resolveSibling("." + file.getFileName() + ".part");
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
