// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.text;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Numbers with a fixed number of decimal places, rounded as C and Python do. */
public final class Decimals {
  private Decimals() {}

  /** Two places, such as {@code 0.92}. */
  public static String hundredths(double value) {
    return Double.isFinite(value) ? round(value, 2).toPlainString() : LabelNumber.format(value);
  }

  /** The exact binary value, rounded once, halves to even. */
  public static BigDecimal round(double value, int places) {
    return new BigDecimal(value).setScale(places, RoundingMode.HALF_EVEN);
  }
}
