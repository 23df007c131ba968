// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import java.util.ArrayList;
import java.util.List;

/** Suggests the argument that an unknown one may be a misspelling of. */
final class Suggestion {
  private Suggestion() {}

  /** One sentence about a word that is no argument; it names another one only if that is near. */
  static String unknown(String word, Mode mode) {
    String nearest = null;
    int least = Integer.MAX_VALUE;
    for (String candidate : candidates(mode)) {
      int score = score(word, candidate);
      if (distance(word, candidate) <= Math.max(1, word.length() / 3) && score < least) {
        least = score;
        nearest = candidate;
      }
    }
    return "An argument of "
        + (mode == null ? "yolo" : mode.id())
        + " was expected, but '"
        + word
        + "' came; "
        + (nearest == null ? "" : "the nearest is '" + nearest + "', and ")
        + "'yolo "
        + (mode == null ? "help" : mode.id() + " --help")
        + "' lists them all.";
  }

  private static List<String> candidates(Mode mode) {
    List<String> words = new ArrayList<>();
    for (Argument argument : Argument.values()) {
      if (mode == null || argument.belongsTo(mode)) {
        words.add(argument.key());
      }
    }
    if (mode == null) {
      for (Mode other : Mode.values()) {
        words.add(other.id());
      }
    }
    return words;
  }

  // Of equally near words the one of the same length is the likelier.
  private static int score(String a, String b) {
    return 10 * distance(a, b) + Math.abs(a.length() - b.length());
  }

  /** Insertions, deletions, replacements and swaps of neighbours between two words. */
  static int distance(String a, String b) {
    int[][] least = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          least[i][j] = i + j;
          continue;
        }
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        int best = Math.min(least[i - 1][j], least[i][j - 1]) + 1;
        best = Math.min(best, least[i - 1][j - 1] + (same ? 0 : 1));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          best = Math.min(best, least[i - 2][j - 2] + 1);
        }
        least[i][j] = best;
      }
    }
    return least[a.length()][b.length()];
  }
}
