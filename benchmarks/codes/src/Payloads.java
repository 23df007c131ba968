// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.codes;

/** What symbols say. */
final class Payloads {
  private static final String DIGITS = "0123456789";
  private static final String CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

  private Payloads() {}

  static String digits(Rand rand, int least, int most) {
    return rand.text(DIGITS, rand.integer(least, most));
  }

  /** Capital letters and digits, as Code 39 allows them. */
  static String capitals(Rand rand, int least, int most) {
    return rand.text(CAPITALS, rand.integer(1, 3))
        + rand.of("", "-")
        + rand.text(DIGITS + CAPITALS, Math.max(1, rand.integer(least, most) - 3));
  }

  /** Element strings of GS1: a trade item, a date, a batch. */
  static String gs1(Rand rand) {
    String text = "[01]" + tradeItem(rand);
    if (rand.chance(0.6)) {
      text +=
          "[17]%02d%02d%02d"
              .formatted(rand.integer(24, 31), rand.integer(1, 12), rand.integer(1, 28));
    }
    return rand.chance(0.6)
        ? text + "[10]" + rand.text(CAPITALS + DIGITS, rand.integer(3, 8))
        : text;
  }

  static String tradeItem(Rand rand) {
    String digits = "0" + rand.text(DIGITS, 12);
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      sum += (digits.charAt(i) - '0') * (i % 2 == 0 ? 3 : 1);
    }
    return digits + (10 - sum % 10) % 10;
  }

  /** Text for a matrix code, mostly short. */
  static String free(Rand rand, int most) {
    String text =
        switch (rand.integer(0, 5)) {
          case 0 ->
              "https://"
                  + rand.text("abcdefghiklmnoprstuvw", 7)
                  + ".example/"
                  + rand.text("abcdefgh0123456789", 8);
          case 1 -> digits(rand, 4, 30);
          case 2 -> capitals(rand, 5, 16);
          case 3 -> Words.name(rand) + ", " + Words.address(rand) + ", " + Words.number(rand);
          case 4 -> Words.phrase(rand, rand.integer(3, 25));
          default -> "SN" + rand.text(DIGITS + CAPITALS, 10) + ";" + Words.number(rand);
        };
    return text.length() > most ? text.substring(0, most).strip() : text;
  }
}
