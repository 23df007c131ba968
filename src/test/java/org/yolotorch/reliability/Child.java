// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.reliability;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.yolotorch.Image;
import org.yolotorch.PixelFormat;

/** What the programs of these tests share; they run in JVMs of their own. */
final class Child {
  private Child() {}

  /** Resident memory of this process in bytes. */
  static long residentBytes() throws IOException {
    String[] pages = Files.readString(Path.of("/proc/self/statm")).split(" ");
    return Long.parseLong(pages[1]) * 4096;
  }

  /** Native threads of this process. */
  static int threads() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("Threads:")) {
        return Integer.parseInt(line.substring(8).strip());
      }
    }
    throw new IOException("no line 'Threads:' in /proc/self/status");
  }

  /** A picture of noise, the same for the same seed. */
  static Image noise(long seed, int width, int height) {
    byte[] pixels = new byte[width * height * 3];
    new Random(seed).nextBytes(pixels);
    return Image.of(ByteBuffer.wrap(pixels), width, height, PixelFormat.RGB);
  }
}
