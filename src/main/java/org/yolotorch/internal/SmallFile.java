// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serial;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads files of which somebody else says the name, and which may turn out to be anything. */
public final class SmallFile {
  private SmallFile() {}

  /** The file is there but is not read. */
  public static final class Unfit extends IOException {
    @Serial private static final long serialVersionUID = 1L;

    private Unfit(String reason) {
      super(reason);
    }
  }

  /**
   * The content of a file. A device or a pipe may have no end and make a reader wait for ever, also
   * behind a link, so that only ordinary files are opened.
   *
   * @throws NoSuchFileException if there is none
   * @throws Unfit if it is no ordinary file, or longer; the message says which, as in "it ..."
   */
  public static byte[] read(Path file, int maxBytes) throws IOException {
    if (!Files.isRegularFile(file)) {
      if (!Files.exists(file)) {
        throw new NoSuchFileException(file.toString());
      }
      throw new Unfit("is no ordinary file");
    }
    if (Files.size(file) > maxBytes) {
      throw tooLong(maxBytes);
    }
    // The size of a file that grows, or that the system makes up, says little.
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(maxBytes);
      if (bytes.length == maxBytes && in.read() >= 0) {
        throw tooLong(maxBytes);
      }
      return bytes;
    }
  }

  private static Unfit tooLong(int maxBytes) {
    return new Unfit("has more than " + (maxBytes >> 20) + " MiB");
  }
}
