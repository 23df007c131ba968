// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.yolotorch.ImageLimits;
import org.yolotorch.internal.PathText;

/** What {@code source=} names, and how large its pictures may be. */
final class SourceNames {
  private SourceNames() {}

  /**
   * The names in a text: of a list as Python writes it, such as {@code ['a.jpg','b.jpg']}, its
   * elements; else the text itself. What exists under the name as it is written is no list.
   */
  static List<String> of(String text) {
    String trimmed = text.strip();
    boolean list =
        trimmed.length() > 2
            && (trimmed.startsWith("[") && trimmed.endsWith("]")
                || trimmed.startsWith("(") && trimmed.endsWith(")"))
            && !exists(text);
    if (!list) {
      return List.of(text);
    }
    String inside = trimmed.substring(1, trimmed.length() - 1);
    // Without either it is a pattern such as [ab].
    boolean several =
        inside.indexOf(',') >= 0 || inside.indexOf('\'') >= 0 || inside.indexOf('"') >= 0;
    List<String> names = several ? elements(inside) : List.of();
    return names.isEmpty() ? List.of(text) : names;
  }

  private static boolean exists(String text) {
    try {
      return Files.exists(PathText.of(text));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** The elements between commas, in quotes or bare; none where a quote is not closed. */
  private static List<String> elements(String inside) {
    List<String> names = new ArrayList<>();
    int at = 0;
    while (at < inside.length()) {
      char first = inside.charAt(at);
      if (first == ',' || Character.isWhitespace(first)) {
        at++;
        continue;
      }
      boolean quoted = first == '\'' || first == '"';
      int end = inside.indexOf(quoted ? first : ',', at + 1);
      if (end < 0) {
        if (quoted) {
          return List.of();
        }
        end = inside.length();
      }
      String name = inside.substring(quoted ? at + 1 : at, end).strip();
      if (!name.isEmpty()) {
        names.add(name);
      }
      at = end + 1;
    }
    return names;
  }

  /** The usual limits, the others in proportion where more pixels are asked for. */
  static ImageLimits limits(int maxPixels) {
    ImageLimits usual = ImageLimits.defaults();
    if (maxPixels <= usual.maxPixels()) {
      return ImageLimits.builder().maxPixels(maxPixels).build();
    }
    int times = 1 + (maxPixels - 1) / usual.maxPixels();
    return ImageLimits.builder()
        .maxPixels(maxPixels)
        .maxSide(ImageLimits.MAX_SIDE)
        .maxFileBytes(
            (int) Math.min((long) usual.maxFileBytes() * times, ImageLimits.MAX_FILE_BYTES))
        .decodeTime(Duration.ofMillis(usual.decodeTime().toMillis() * times))
        .build();
  }
}
