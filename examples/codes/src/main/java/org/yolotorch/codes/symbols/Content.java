// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.codes.symbols;

import com.google.zxing.BarcodeFormat;

/**
 * What a symbol says.
 *
 * @param format the kind of symbol
 * @param text as readers give it: EAN and UPC with their check digit, Codabar with start and stop
 */
public record Content(BarcodeFormat format, String text) {
  /** Its class. */
  public CodeClass kind() {
    return CodeClass.of(format);
  }

  /** Whether a reader that gives a text has read it right; there are two ways to give some. */
  public boolean isReadBy(String other) {
    return usual(text).equals(usual(other));
  }

  private String usual(String given) {
    return switch (format) {
      case EAN_13, UPC_A -> "0".repeat(Math.max(0, 13 - given.length())) + given;
      case CODABAR -> given.replaceAll("^[A-D]|[A-D]$", "");
      default -> given;
    };
  }

  /** What {@link #toLine()} wrote. */
  public static Content ofLine(String line) {
    int space = line.indexOf(' ');
    StringBuilder text = new StringBuilder();
    for (int i = space + 1; i < line.length(); i++) {
      char letter = line.charAt(i);
      if (letter == '\\') {
        i++;
        letter = line.charAt(i) == 'n' ? '\n' : line.charAt(i);
      }
      text.append(letter);
    }
    return new Content(BarcodeFormat.valueOf(line.substring(0, space)), text.toString());
  }

  /** In one line: the format, a space and the text, with {@code \\n} for a line break. */
  public String toLine() {
    return format + " " + text.replace("\\", "\\\\").replace("\n", "\\n");
  }
}
