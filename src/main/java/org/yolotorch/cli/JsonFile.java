// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A JSON array written entry by entry, so that a run of any length takes the memory of one picture.
 * The file appears whole, when it is closed.
 */
final class JsonFile implements AutoCloseable {
  private final Path file;
  private final Path part;
  private final BufferedWriter out;
  private boolean empty = true;
  private boolean damaged;

  JsonFile(Path file) {
    this.file = file;
    this.part = RunFiles.part(file);
    try {
      this.out = Files.newBufferedWriter(part);
    } catch (IOException e) {
      throw RunFiles.failed(file, e);
    }
  }

  /** Adds an entry, a JSON text of its own. */
  void add(String entry) {
    try {
      out.write(empty ? "[\n" : ",\n");
      out.write(entry);
      empty = false;
    } catch (IOException e) {
      damaged = true;
      throw RunFiles.failed(file, e);
    }
  }

  /** Puts the file into its place, unless an entry could not be written. */
  @Override
  public void close() {
    try {
      try (out) {
        out.write(empty ? "[]\n" : "\n]\n");
      }
      if (!damaged) {
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw RunFiles.failed(file, e);
    } finally {
      part.toFile().delete();
    }
  }
}
