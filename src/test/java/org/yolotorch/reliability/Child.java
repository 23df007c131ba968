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
    return pages(1) * 4096;
  }

  /** The part of {@link #residentBytes} that is pages of files, such as libraries. */
  static long fileBytes() throws IOException {
    return pages(2) * 4096;
  }

  private static long pages(int column) throws IOException {
    return Long.parseLong(Files.readString(Path.of("/proc/self/statm")).split(" ")[column]);
  }

  private static long numberOf(String key) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith(key)) {
        return Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    throw new IOException("no line '" + key + "' in /proc/self/status");
  }

  /** Native threads of this process, once they are few enough or else their number stays. */
  static int threads(int enough) throws IOException, InterruptedException {
    int last = -1;
    for (int same = 0; same < 20 && (last < 0 || last > enough); ) {
      int now = (int) numberOf("Threads:");
      same = now == last ? same + 1 : 0;
      last = now;
      Thread.sleep(50);
    }
    return last;
  }

  /** A picture of noise, the same for the same seed. */
  static Image noise(long seed, int width, int height) {
    byte[] pixels = new byte[width * height * 3];
    new Random(seed).nextBytes(pixels);
    return Image.of(ByteBuffer.wrap(pixels), width, height, PixelFormat.RGB);
  }
}
