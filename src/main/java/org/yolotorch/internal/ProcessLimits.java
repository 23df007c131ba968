// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yolotorch.YoloException;

/**
 * Limits of the process that are too low for the native libraries. They would end the process
 * without a word of ours, or fail in ways that point elsewhere, so that limits are looked at first.
 */
public final class ProcessLimits {
  private static final long GIB = 1L << 30;

  // LibTorch and OpenBLAS with their threads take some 1.9 GiB of addresses with two processors,
  // most of which is never used; each processor more has threads with their stacks.
  private static final long LEAST_ADDRESSES = 2 * GIB;
  private static final long ADDRESSES_OF_A_PROCESSOR = GIB / 64;

  // Java and a prediction open some 24.
  private static final int LEAST_FILES = 64;

  private ProcessLimits() {}

  /**
   * Looks at the limits of this process, where the system tells them.
   *
   * @throws YoloException.NativeLibrary if one is too low, with what to do
   */
  public static void check() {
    String lack;
    try {
      lack =
          lack(
              Files.readString(Path.of("/proc/self/limits")),
              Files.readString(Path.of("/proc/self/status")),
              Runtime.getRuntime().availableProcessors());
    } catch (IOException | RuntimeException e) {
      return; // another system, or one that does not tell
    }
    if (lack != null) {
      throw new YoloException.NativeLibrary(lack);
    }
  }

  /**
   * The sentence about a limit that is too low; null if none is.
   *
   * @param limits the text of {@code /proc/self/limits}
   * @param status the text of {@code /proc/self/status}
   */
  static String lack(String limits, String status, int processors) {
    long files = number("Max open files\\s+(\\d+)", limits, Long.MAX_VALUE);
    if (files < LEAST_FILES) {
      return "The process must be allowed to open "
          + LEAST_FILES
          + " files, but its limit is "
          + files
          + "; raise it (ulimit -n 1024).";
    }
    long addresses = number("Max address space\\s+(\\d+)", limits, Long.MAX_VALUE);
    long taken = 1024 * number("VmSize:\\s+(\\d+) kB", status, 0);
    long needed = LEAST_ADDRESSES + processors * ADDRESSES_OF_A_PROCESSOR;
    if (addresses - taken >= needed) {
      return null;
    }
    return "The native libraries need "
        + mebibytes(needed)
        + " MiB of address space beside the "
        + mebibytes(taken)
        + " MiB that Java has taken, but the memory of this process is limited to "
        + mebibytes(addresses)
        + " MiB; raise the limit (ulimit -v unlimited), or give Java less (-Xmx512m).";
  }

  private static long mebibytes(long bytes) {
    return bytes >> 20;
  }

  private static long number(String pattern, String text, long otherwise) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    return matcher.find() ? Long.parseLong(matcher.group(1)) : otherwise;
  }
}
