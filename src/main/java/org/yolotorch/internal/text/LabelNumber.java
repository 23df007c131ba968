// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as label files write them: the C format {@code %g}, six significant digits. */
public final class LabelNumber {
  private static final int DIGITS = 6;
  private static final MathContext ROUNDING = new MathContext(DIGITS, RoundingMode.HALF_EVEN);

  private LabelNumber() {}

  public static String format(double value) {
    StringBuilder text = new StringBuilder();
    append(text, value);
    return text.toString();
  }

  public static void append(StringBuilder text, double value) {
    if (value == 0 || !Double.isFinite(value)) {
      text.append(value == 0 ? "0" : Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf");
      return;
    }
    // The exact binary value is rounded once, as C does; rounding its short form would differ.
    BigDecimal rounded = new BigDecimal(value).round(ROUNDING).stripTrailingZeros();
    int exponent = rounded.precision() - rounded.scale() - 1;
    if (exponent >= -4 && exponent < DIGITS) {
      text.append(rounded.toPlainString());
      return;
    }
    String digits = rounded.unscaledValue().abs().toString();
    if (value < 0) {
      text.append('-');
    }
    text.append(digits.charAt(0));
    if (digits.length() > 1) {
      text.append('.').append(digits, 1, digits.length());
    }
    text.append('e').append(exponent < 0 ? '-' : '+');
    if (Math.abs(exponent) < 10) {
      text.append('0');
    }
    text.append(Math.abs(exponent));
  }
}
