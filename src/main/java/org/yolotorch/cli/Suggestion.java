// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import java.util.ArrayList;
import java.util.List;
import org.yolotorch.internal.Spelling;
import org.yolotorch.train.TrainArgument;

/** Suggests the argument that an unknown one may be a misspelling of. */
final class Suggestion {
  private Suggestion() {}

  /** One sentence about a word that is no argument; it names another one only if that is near. */
  static String unknown(String word, Mode mode) {
    String nearest = null;
    int least = Integer.MAX_VALUE;
    for (String candidate : candidates(mode)) {
      int score = score(word, candidate);
      if (Spelling.distance(word, candidate) <= Math.max(1, word.length() / 3) && score < least) {
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
    if (mode == Mode.TRAIN) {
      for (TrainArgument argument : TrainArgument.values()) {
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
    return 10 * Spelling.distance(a, b) + Math.abs(a.length() - b.length());
  }
}
