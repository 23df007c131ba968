// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

/** Finds what the author of an unknown word may have meant. */
final class Nearest {
  private Nearest() {}

  /** One sentence about a word that is no argument. */
  static String unknown(String word, Mode mode) {
    String nearest = null;
    int least = Integer.MAX_VALUE;
    for (Argument argument : Argument.values()) {
      int distance = distance(word, argument.key());
      if ((mode == null || argument.belongsTo(mode)) && distance < least) {
        least = distance;
        nearest = argument.key();
      }
    }
    for (Mode other : Mode.values()) {
      int distance = distance(word, other.id());
      if (mode == null && distance < least) {
        least = distance;
        nearest = other.id();
      }
    }
    return "An argument of "
        + (mode == null ? "yolo" : mode.id())
        + " was expected, but '"
        + word
        + "' came; the nearest is '"
        + nearest
        + "', and 'yolo "
        + (mode == null ? "help" : mode.id() + " --help")
        + "' lists them all.";
  }

  /** Single-character insertions, deletions and replacements between two words. */
  static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
