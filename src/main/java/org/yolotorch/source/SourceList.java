// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;
import org.yolotorch.YoloException;
import org.yolotorch.internal.SmallFile;

/** Reads files that list sources, which may be of any length or none. */
final class SourceList {
  private static final int MOST_BYTES = 64 << 20;
  private static final int MOST_NAMES = 1_000_000;

  private SourceList() {}

  /**
   * The names in a list.
   *
   * @param name what the user calls it
   * @param separators what stands between two names
   * @throws YoloException.NotFound if it is no list that can be read
   */
  static List<String> names(String name, Path list, String separators) throws IOException {
    String text;
    try {
      text = new String(SmallFile.read(list, MOST_BYTES), StandardCharsets.UTF_8);
    } catch (SmallFile.Unfit e) {
      throw unfit(name, e.getMessage());
    }
    List<String> names = new ArrayList<>();
    StringTokenizer entries = new StringTokenizer(text, separators);
    while (entries.hasMoreTokens()) {
      String entry = entries.nextToken().strip();
      if (entry.isEmpty()) {
        continue;
      }
      if (names.size() == MOST_NAMES) {
        throw unfit(name, "holds more");
      }
      names.add(entry);
    }
    return names;
  }

  private static YoloException.NotFound unfit(String name, String came) {
    return new YoloException.NotFound(
        "A list of sources must be an ordinary file of at most 64 MiB with at most "
            + MOST_NAMES
            + " names, but '"
            + name
            + "' "
            + came
            + "; check it, or split it.");
  }
}
