// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.data;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.yolotorch.YoloException;
import org.yolotorch.internal.PathText;
import org.yolotorch.internal.PlainText;
import org.yolotorch.internal.SmallFile;

/** Text files of data sets, and parts of them in messages. */
final class DataText {
  /** More than a path has that is of use, and little enough for a message. */
  private static final int LONGEST_PLACE = 300;

  /** What Linux takes; other systems take less, or not much more. */
  private static final int LONGEST_PATH = 4096;

  private static final int MOST_UPS = 64;
  private static final int MOST_SHOWN = 6;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private DataText() {}

  /**
   * Reads a file: UTF-8, or what a byte-order mark says, which is left out.
   *
   * @throws YoloException.InvalidData if it is no ordinary file, or has more than {@code maxBytes}
   */
  static String read(Path file, int maxBytes) throws IOException {
    byte[] bytes;
    try {
      bytes = SmallFile.read(file, maxBytes);
    } catch (SmallFile.Unfit e) {
      throw new YoloException.InvalidData(
          "'"
              + file
              + "' must be a text file of at most "
              + (maxBytes >> 20)
              + " MiB, but "
              + e.getMessage()
              + "; check what it is.",
          e);
    }
    String text = new String(bytes, charset(bytes));
    return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
  }

  private static Charset charset(byte[] bytes) {
    int mark = bytes.length < 2 ? 0 : (bytes[0] & 255) << 8 | bytes[1] & 255;
    return mark == 0xFEFF || mark == 0xFFFE ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
  }

  /**
   * The place that a text names. Only where it could be one: the work of {@link Path#normalize()}
   * is that of the length times the steps upwards.
   *
   * @throws InvalidPathException if the text is no path
   */
  static Path place(Path base, String text) {
    int ups = 0;
    for (int at = text.indexOf(".."); at >= 0 && ups <= MOST_UPS; at = text.indexOf("..", at + 2)) {
      ups++;
    }
    if (text.length() > LONGEST_PATH || ups > MOST_UPS) {
      throw new InvalidPathException(PlainText.start(text), "longer than any path");
    }
    return PathText.resolve(base, text).normalize();
  }

  private static String shown(Path place) {
    String text = PathText.of(place);
    return text.length() > LONGEST_PLACE ? PlainText.start(text) : PlainText.of(text);
  }

  /** Places one of which would do: "'a', 'b' or 'c'". */
  static String anyOf(Collection<Path> places) {
    List<String> all = new ArrayList<>();
    for (Path place : places) {
      String text = "'" + shown(place) + "'";
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
