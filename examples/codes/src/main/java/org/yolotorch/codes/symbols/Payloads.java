// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.codes.symbols;

import org.yolotorch.codes.picture.Draws;

/** Random contents of codes. */
public final class Payloads {
  private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final String MIXED =
      UPPER + "abcdefghijklmnopqrstuvwxyz0123456789 -./:?=&%+_@,;()#";
  private static final String[] STARTS = {
    "https://www.",
    "http://",
    "WIFI:T:WPA;S:",
    "BEGIN:VCARD\nVERSION:3.0\nN:",
    "mailto:",
    "SN",
    "LOT",
    "tel:+",
    ""
  };

  private Payloads() {}

  public static String digits(Draws draws, int length) {
    return of(draws, "0123456789", length);
  }

  public static String capitals(Draws draws, int length) {
    return of(draws, UPPER + "0123456789", length);
  }

  /** Text as 2D codes hold it. */
  static String text(Draws draws, int length) {
    switch (draws.below(4)) {
      case 0:
        return digits(draws, length);
      case 1:
        return capitals(draws, length);
      default:
        String start = draws.pick(STARTS);
        return start.length() >= length
            ? of(draws, MIXED, length)
            : start + of(draws, MIXED, length - start.length());
    }
  }

  public static String of(Draws draws, String letters, int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(letters.charAt(draws.below(letters.length())));
    }
    return text.toString();
  }
}
