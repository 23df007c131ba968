// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.codes;

import java.util.ArrayList;
import java.util.List;

/** Text as it stands on labels, letters and packages. */
final class Words {
  private static final List<String> PLAIN =
      List.of(
          ("the of and to in for with on from store keep dry cool open here product batch order"
               + " contents weight serve before after use only not safe plastic paper water sugar"
               + " salt oil flour milk apple lemon green fresh natural classic extra light strong"
               + " service customer delivery address number date total amount price tax invoice"
               + " return please contact street road park north south central station market"
               + " factory unit warehouse shipment parcel fragile handle care top side up down left"
               + " right page section report project system part serial model type voltage made"
               + " quality test passed inspected")
              .split(" "));
  private static final List<String> NAMES =
      List.of(
          ("Arlen Birke Corvin Dalmor Ester Falk Greno Holm Iversen Jorun Kestrel Lindal Morava"
               + " Norden Oslin Perrin Quist Ravel Sorrel Tarn Ulmer Vester Wessel Yarrow Zeller")
              .split(" "));

  private Words() {}

  static String phrase(Rand rand, int count) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      words.add(rand.chance(0.08) ? number(rand) : rand.of(PLAIN));
    }
    return capital(String.join(" ", words));
  }

  static String name(Rand rand) {
    return rand.of(NAMES) + rand.of("", "", " " + rand.of(NAMES), " & Co", " Ltd");
  }

  static String address(Rand rand) {
    return rand.of(NAMES)
        + " "
        + rand.of("Street", "Road", "Lane", "Park")
        + " "
        + rand.integer(1, 220);
  }

  static String number(Rand rand) {
    return switch (rand.integer(0, 4)) {
      case 0 -> rand.integer(1, 99) + "." + rand.text("0123456789", 2);
      case 1 -> rand.text("0123456789", 4) + "-" + rand.text("0123456789", 4);
      case 2 -> rand.text("ABCDEFGHKLMNPRSTUVWXYZ", 2) + rand.text("0123456789", 6);
      case 3 -> rand.integer(1, 28) + "." + rand.integer(1, 12) + ".20" + rand.integer(19, 27);
      default -> rand.text("123456789", 1) + rand.text("0123456789", rand.integer(1, 7));
    };
  }

  /** One line: a name, an address, a few words or a value. */
  static String line(Rand rand) {
    return switch (rand.integer(0, 3)) {
      case 0 -> name(rand);
      case 1 -> address(rand);
      case 2 -> phrase(rand, 1) + ": " + number(rand);
      default -> phrase(rand, rand.integer(2, 4));
    };
  }

  private static String capital(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }
}
