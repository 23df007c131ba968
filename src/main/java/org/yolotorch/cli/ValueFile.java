// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yolotorch.internal.PathText;
import org.yolotorch.internal.PlainText;
import org.yolotorch.internal.SmallFile;

/** A file of arguments: one {@code key: value} per line, comments behind {@code #}. */
final class ValueFile {
  private static final int MOST_BYTES = 1 << 20;

  private ValueFile() {}

  /**
   * The values of a file, in its order.
   *
   * @throws UsageException if it cannot be read or is no such file
   */
  static Map<String, String> read(String name) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String line : lines(name)) {
      String text = withoutComment(line).strip();
      int colon = text.indexOf(':');
      if (text.isEmpty() || text.equals("---")) {
        continue;
      }
      if (colon <= 0) {
        throw new UsageException(
            "A file of 'key: value' lines was expected, but '"
                + name
                + "' has the line '"
                + PlainText.start(text)
                + "'; 'yolo cfg' prints such a file.");
      }
      String value = unquoted(text.substring(colon + 1).strip());
      boolean none = value.isEmpty() || value.equals("~") || value.equals("null");
      values.put(text.substring(0, colon).strip(), none ? "None" : value);
    }
    return values;
  }

  private static List<String> lines(String name) {
    String reason;
    try {
      Path file = PathText.of(name);
      byte[] bytes = SmallFile.read(file, MOST_BYTES);
      return new String(bytes, StandardCharsets.UTF_8).lines().toList();
    } catch (SmallFile.Unfit e) {
      reason = "it " + e.getMessage();
    } catch (IOException | InvalidPathException e) {
      reason = e.getClass().getSimpleName();
    }
    throw new UsageException(
        "cfg must name a file of arguments, but '"
            + name.replace('\0', '?')
            + "' cannot be read ("
            + reason
            + ")"
            + PathText.advice(name, "; check the path."));
  }

  private static String withoutComment(String line) {
    int hash = line.indexOf('#');
    boolean comment = hash == 0 || hash > 0 && Character.isWhitespace(line.charAt(hash - 1));
    return comment ? line.substring(0, hash) : line;
  }

  private static String unquoted(String value) {
    boolean quoted =
        value.length() > 1
            && (value.charAt(0) == '"' || value.charAt(0) == '\'')
            && value.charAt(0) == value.charAt(value.length() - 1);
    return quoted ? value.substring(1, value.length() - 1) : value;
  }
}
