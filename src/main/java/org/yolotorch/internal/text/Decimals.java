// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers with a fixed number of decimal places, rounded as C and Python do. */
public final class Decimals {
  private Decimals() {}

  /** Two places, such as {@code 0.92}. */
  public static String hundredths(double value) {
    return Double.isFinite(value) ? round(value, 2).toPlainString() : LabelNumber.format(value);
  }

  /** Three significant digits, as C's %.3g prints them. */
  public static String threeDigits(double value) {
    return significant(value, 3);
  }

  /** So many significant digits without zeros at the end, as C's %g prints them. */
  public static String significant(double value, int digits) {
    if (!Double.isFinite(value)) {
      return Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
    }
    BigDecimal rounded =
        new BigDecimal(value)
            .round(new MathContext(digits, RoundingMode.HALF_EVEN))
            .stripTrailingZeros();
    int exponent = rounded.precision() - rounded.scale() - 1;
    if (rounded.signum() == 0 || exponent >= -4 && exponent < digits) {
      return rounded.toPlainString();
    }
    BigDecimal mantissa = rounded.scaleByPowerOfTen(-exponent);
    return mantissa.toPlainString()
        + String.format(Locale.ROOT, "e%c%02d", exponent < 0 ? '-' : '+', Math.abs(exponent));
  }

  /** The exact binary value, rounded once, halves to even. */
  public static BigDecimal round(double value, int places) {
    return new BigDecimal(value).setScale(places, RoundingMode.HALF_EVEN);
  }
}
