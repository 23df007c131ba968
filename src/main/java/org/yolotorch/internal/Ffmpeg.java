// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal;

import java.nio.charset.StandardCharsets;
import org.bytedeco.ffmpeg.global.avutil;
import org.yolotorch.YoloException;

/** Loads FFmpeg's libraries, which are optional. Thread-safe. */
public final class Ffmpeg {
  private Ffmpeg() {}

  /**
   * Loads FFmpeg; its version.
   *
   * @throws YoloException.NativeLibrary if it is not there
   */
  public static String load() {
    try {
      NativeLoader.prepare();
      return Library.VERSION;
    } catch (LinkageError e) {
      throw new YoloException.NativeLibrary(
          "Videos need FFmpeg, org.bytedeco:ffmpeg and its linux-x86_64 jar on the class path, but"
              + " it cannot be loaded ('"
              + e.getMessage()
              + "'); add what is missing, or give pictures.",
          e);
    }
  }

  /** What an error number means. */
  public static String reason(int error) {
    byte[] text = new byte[256];
    avutil.av_strerror(error, text, text.length);
    int end = 0;
    while (end < text.length && text[end] != 0) {
      end++;
    }
    return new String(text, 0, end, StandardCharsets.UTF_8);
  }

  /** Loaded by its first use. */
  private static final class Library {
    static final String VERSION;

    static {
      // Decoders tell what is wrong with a file by themselves, in many lines.
      avutil.av_log_set_level(avutil.AV_LOG_QUIET);
      VERSION = avutil.av_version_info().getString();
    }
  }
}
