// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.data;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.yolotorch.YoloException;

/** Text files of data sets, and parts of them in messages. */
final class DataText {
  private static final int LONGEST_SHOWN = 80;
  private static final int MOST_SHOWN = 6;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private DataText() {}

  /**
   * Reads a file: UTF-8, or what a byte-order mark says, which is left out.
   *
   * @throws YoloException.InvalidData if it is no ordinary file, or has more than {@code maxBytes}
   */
  static String read(Path file, long maxBytes) throws IOException {
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString());
    }
    // A device or a pipe may have no end.
    if (!Files.isRegularFile(file)) {
      throw new YoloException.InvalidData(
          "'" + file + "' must be a text file, but is none; check what it is.");
    }
    long size = Files.size(file);
    if (size > maxBytes) {
      throw new YoloException.InvalidData(
          "'"
              + file
              + "' must have at most "
              + maxBytes
              + " bytes, but has "
              + size
              + "; check what it is.");
    }
    byte[] bytes = Files.readAllBytes(file);
    String text = new String(bytes, charset(bytes));
    return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
  }

  private static Charset charset(byte[] bytes) {
    int mark = bytes.length < 2 ? 0 : (bytes[0] & 255) << 8 | bytes[1] & 255;
    return mark == 0xFEFF || mark == 0xFFFE ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
  }

  /** The beginning of a text in quotes, without what could disturb a terminal. */
  static String shown(String text) {
    int length = text.codePointCount(0, text.length());
    return length <= LONGEST_SHOWN
        ? "'" + clean(text) + "'"
        : "'" + clean(text.substring(0, text.offsetByCodePoints(0, LONGEST_SHOWN))) + "...'";
  }

  /** A text without what could disturb a terminal. */
  static String clean(String text) {
    StringBuilder clean = new StringBuilder();
    text.codePoints()
        .map(c -> Character.isISOControl(c) || c == BYTE_ORDER_MARK ? '?' : c)
        .forEach(clean::appendCodePoint);
    return clean.toString();
  }

  /** Places one of which would do: "'a', 'b' or 'c'". */
  static String anyOf(Collection<Path> places) {
    List<String> all = new ArrayList<>();
    for (Path place : places) {
      String text = "'" + clean(place.toString()) + "'";
      if (!all.contains(text)) {
        all.add(text);
      }
    }
    int count = Math.min(all.size(), MOST_SHOWN);
    String most = String.join(", ", all.subList(0, count - 1));
    String last = all.size() > count ? (all.size() - count + 1) + " more" : all.get(count - 1);
    return most.isEmpty() ? last : most + " or " + last;
  }
}
