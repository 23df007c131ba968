// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.text;

import java.math.BigDecimal;
import org.yolotorch.internal.PlainText;

/** Writes JSON strings and numbers. */
public final class Json {
  private static final int PLACES = 5;
  private static final String HEX = "0123456789abcdef";

  private Json() {}

  /** A text in quotation marks. */
  public static StringBuilder text(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (steers(text, i)) {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
          out.append(HEX.charAt(c >> shift & 15));
        }
      } else {
        out.append(c);
      }
    }
    return out.append('"');
  }

  /**
   * Whether the character is, or is half of, one that a terminal obeys, or an unpaired surrogate,
   * which UTF-8 cannot encode: such are escaped.
   */
  private static boolean steers(String text, int at) {
    char c = text.charAt(at);
    boolean second =
        Character.isLowSurrogate(c) && at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
    return PlainText.steers(text.codePointAt(second ? at - 1 : at));
  }

  /** A number with at most five decimal places and at least one; null if it is no number. */
  public static StringBuilder number(StringBuilder out, double value) {
    return number(out, value, PLACES);
  }

  /** As {@link #number(StringBuilder, double)}, with at most so many decimal places. */
  public static StringBuilder number(StringBuilder out, double value, int places) {
    if (!Double.isFinite(value)) {
      return out.append("null");
    }
    BigDecimal rounded = Decimals.round(value, places).stripTrailingZeros();
    return out.append((rounded.scale() < 1 ? rounded.setScale(1) : rounded).toPlainString());
  }
}
