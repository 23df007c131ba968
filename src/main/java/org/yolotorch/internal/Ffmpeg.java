// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
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
      String lack = Jar.lack("Videos need FFmpeg,", Jar.FFMPEG, Jar.FFMPEG_NATIVES, Jar.JAVACPP);
      throw new YoloException.NativeLibrary(
          lack != null
              ? lack + "add what is missing, or give pictures."
              : "Videos need FFmpeg, but it cannot be loaded on this machine ('"
                  + e.getMessage()
                  + "'); give pictures.",
          e);
    }
  }

  /** The address of a file, as FFmpeg takes it: in UTF-8 whatever the locale is. */
  public static BytePointer address(Path file) {
    ByteArrayOutputStream address = new ByteArrayOutputStream();
    address.writeBytes("file:".getBytes(StandardCharsets.US_ASCII));
    address.writeBytes(PathText.bytes(file));
    address.write(0);
    return new BytePointer(address.toByteArray());
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
