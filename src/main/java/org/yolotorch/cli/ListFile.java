// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.yolotorch.internal.WholeFile;

/**
 * A list written entry by entry, so that a run of any length takes the memory of one picture. The
 * file appears whole, when it is closed.
 */
final class ListFile implements AutoCloseable {
  private final Path file;
  private final Path part;
  private final String before;
  private final String between;
  private final String behind;
  private final BufferedWriter out;
  private boolean empty = true;
  private boolean damaged;

  /** Begins a file; the texts stand before, between and behind the entries. */
  ListFile(Path file, String before, String between, String behind) {
    this.file = file;
    this.before = before;
    this.between = between;
    this.behind = behind;
    this.part = WholeFile.part(file);
    try {
      this.out = Files.newBufferedWriter(part);
    } catch (IOException e) {
      throw RunFiles.failed(file, e);
    }
  }

  /** Adds an entry. */
  void add(String entry) {
    try {
      out.write(empty ? before : between);
      out.write(entry);
      empty = false;
    } catch (IOException e) {
      damaged = true;
      throw RunFiles.failed(file, e);
    }
  }

  /** Lets {@link #close()} put nothing into its place. */
  void discard() {
    damaged = true;
  }

  /** Puts the file into its place, unless an entry could not be written or it was discarded. */
  @Override
  public void close() {
    try {
      try (out) {
        out.write(behind);
      }
      if (!damaged) {
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw RunFiles.failed(file, e);
    } finally {
      WholeFile.discard(part);
    }
  }
}
