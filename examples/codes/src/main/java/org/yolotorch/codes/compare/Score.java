// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.codes.compare;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BiPredicate;
import org.yolotorch.codes.symbols.CodeClass;

/** What a reader has found and read. */
final class Score {
  private final int[] decodedOf = new int[CodeClass.values().length];
  private final List<Double> millis = new ArrayList<>();
  private int located;
  private int decoded;
  private int wrong;

  /** Takes in what was reported for a picture; a report counts for one code only. */
  void add(List<Label> labels, List<Find> finds, double milliseconds) {
    millis.add(milliseconds);
    located += matched(labels, finds, Label::isAt).size();
    for (Label label : matched(labels, finds, Label::isReadBy)) {
      decoded++;
      decodedOf[label.content().kind().ordinal()]++;
    }
    for (Find find : finds) {
      boolean right = labels.stream().anyMatch(label -> label.isReadBy(find));
      wrong += find.text() != null && !right ? 1 : 0;
    }
  }

  private static List<Label> matched(
      List<Label> labels, List<Find> finds, BiPredicate<Label, Find> fits) {
    List<Find> left = new ArrayList<>(finds);
    List<Label> matched = new ArrayList<>();
    for (Label label : labels) {
      for (Find find : left) {
        if (fits.test(label, find)) {
          left.remove(find);
          matched.add(label);
          break;
        }
      }
    }
    return matched;
  }

  /** Codes whose place was reported. */
  int located() {
    return located;
  }

  /** Codes whose text was reported. */
  int decoded() {
    return decoded;
  }

  /** Those of a class. */
  int decoded(CodeClass kind) {
    return decodedOf[kind.ordinal()];
  }

  /** Reports of a text that no code in the picture has. */
  int wrong() {
    return wrong;
  }

  /** Median of the milliseconds for a picture. */
  double median() {
    List<Double> sorted = new ArrayList<>(millis);
    Collections.sort(sorted);
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }
}
