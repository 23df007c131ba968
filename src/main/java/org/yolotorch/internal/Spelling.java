// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds the words that a misspelt one may stand for. */
public final class Spelling {
  private static final int MOST_WORDS = 3;

  private Spelling() {}

  /** At most three words that are near, the nearest first; upper and lower case are the same. */
  public static List<String> nearest(String word, Collection<String> candidates) {
    String lower = word.toLowerCase(Locale.ROOT);
    int most = Math.max(1, word.length() / 3);
    Comparator<String> nearness =
        Comparator.comparingInt(candidate -> distance(lower, candidate.toLowerCase(Locale.ROOT)));
    return candidates.stream()
        .distinct()
        .filter(candidate -> isNear(lower, candidate.toLowerCase(Locale.ROOT), most))
        .sorted(nearness.thenComparing(Comparator.naturalOrder()))
        .limit(MOST_WORDS)
        .toList();
  }

  private static boolean isNear(String word, String candidate, int most) {
    // Most words need no look at their letters.
    return Math.abs(word.length() - candidate.length()) <= most
        && distance(word, candidate) <= most;
  }

  /** Insertions, deletions, replacements and swaps of neighbours between two words. */
  public static int distance(String a, String b) {
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
