// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/** Tells videos from pictures by name or content. */
final class VideoFile {
  private static final Set<String> SUFFIXES =
      Set.of(
          "asf", "avi", "m4v", "mkv", "mov", "mp4", "mpeg", "mpg", "ts", "webm", "wmv", "flv",
          "3gp");

  private static final int GIF_SCAN_BYTES = 64 << 20;

  private VideoFile() {}

  static String suffix(Path file) {
    String name = file.getFileName().toString();
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  /** Whether the name says so, or, for GIF, the number of its pictures. */
  static boolean isVideo(Path file) {
    String suffix = suffix(file);
    if (!suffix.equals("gif")) {
      return SUFFIXES.contains(suffix);
    }
    try (InputStream stream = Files.newInputStream(file)) {
      return isAnimatedGif(stream.readNBytes(GIF_SCAN_BYTES));
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether the first bytes are those of a video, or all of them of a GIF with many pictures. */
  static boolean isVideo(byte[] bytes) {
    return isAnimatedGif(bytes)
        || starts(bytes, 4, "ftyp") // mp4, mov
        || starts(bytes, 4, "moov")
        || starts(bytes, 0, "RIFF") && starts(bytes, 8, "AVI ")
        || starts(bytes, 0, "\u001AE\u00DF\u00A3") // mkv, webm
        || starts(bytes, 0, "0&\u00B2u") // asf, wmv
        || starts(bytes, 0, "\0\0\1\u00BA") // mpeg
        || starts(bytes, 0, "FLV")
        || bytes.length > 188 && bytes[0] == 'G' && bytes[188] == 'G'; // ts
  }

  private static boolean starts(byte[] bytes, int at, String text) {
    byte[] wanted = text.getBytes(StandardCharsets.ISO_8859_1);
    for (int i = 0; i < wanted.length; i++) {
      if (at + i >= bytes.length || bytes[at + i] != wanted[i]) {
        return false;
      }
    }
    return true;
  }

  /** Walks over the blocks of a GIF until a second picture begins. */
  static boolean isAnimatedGif(byte[] gif) {
    if (!starts(gif, 0, "GIF8") || gif.length < 13) {
      return false;
    }
    int at = 13 + colorBytes(gif[10]);
    int pictures = 0;
    while (at < gif.length) {
      int block = gif[at] & 0xFF;
      if (block == 0x2C && at + 10 < gif.length) {
        if (++pictures > 1) {
          return true;
        }
        // Behind the descriptor and its colours: the width of a code.
        at += 10 + colorBytes(gif[at + 9]) + 1;
      } else if (block == 0x21) {
        at += 2;
      } else {
        return false;
      }
      while (at < gif.length && gif[at] != 0) {
        at += 1 + (gif[at] & 0xFF);
      }
      at++;
    }
    return false;
  }

  private static int colorBytes(byte flags) {
    return (flags & 0x80) == 0 ? 0 : 3 << (flags & 7) + 1;
  }
}
