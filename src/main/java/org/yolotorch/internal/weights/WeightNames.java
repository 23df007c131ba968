// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.weights;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.yolotorch.YoloException;
import org.yolotorch.internal.Shipped;

/**
 * The names under which weights are published, such as {@code yolo11n-seg.pt}, or come with the
 * library.
 */
public final class WeightNames {
  private static final String[] FAMILIES = {"yolo11", "yolov8"};
  private static final String[] SCALES = {"n", "s", "m", "l", "x"};
  private static final String[] SUFFIXES = {"", "-seg", "-pose", "-obb", "-cls"};

  public static final List<String> ALL = all();

  private WeightNames() {}

  private static List<String> all() {
    List<String> names = new ArrayList<>();
    for (String family : FAMILIES) {
      for (String scale : SCALES) {
        for (String suffix : SUFFIXES) {
          names.add(family + scale + suffix + ".pt");
        }
      }
    }
    names.addAll(Shipped.MODELS);
    return Collections.unmodifiableList(names);
  }

  /** Whether a name is meant to be one of these, though it may be misspelt. */
  public static boolean looksLikeOne(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.matches("yolo[-_]?v?\\d+[-_]?[a-z]{0,2}([-_][a-z0-9]+)?\\.pt");
  }

  /**
   * Checks that weights of this name are published.
   *
   * @throws YoloException.NotFound if they are not; names the nearest ones
   */
  public static void check(String name) {
    if (!ALL.contains(name)) {
      throw new YoloException.NotFound(
          "A file or the name of published weights was expected, but there is no file '"
              + name
              + "' and no weights are called so; check it, the nearest "
              + nearest(name)
              + ".");
    }
  }

  /** The likeliest names for a misspelt one: {@code is 'a.pt'} or {@code are 'a.pt', 'b.pt'}. */
  private static String nearest(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    int least = Integer.MAX_VALUE;
    List<String> nearest = new ArrayList<>();
    for (String candidate : ALL) {
      int difference = difference(lower, candidate);
      if (difference < least) {
        least = difference;
        nearest.clear();
      }
      if (difference == least && nearest.size() < SCALES.length) {
        nearest.add("'" + candidate + "'");
      }
    }
    return (nearest.size() == 1 ? "is " : "are ") + String.join(", ", nearest);
  }

  /** Length of the stretch in which two names differ: they begin and end alike. */
  private static int difference(String a, String b) {
    int shorter = Math.min(a.length(), b.length());
    int start = 0;
    while (start < shorter && a.charAt(start) == b.charAt(start)) {
      start++;
    }
    int end = 0;
    while (end < shorter - start
        && a.charAt(a.length() - 1 - end) == b.charAt(b.length() - 1 - end)) {
      end++;
    }
    return Math.max(a.length(), b.length()) - start - end;
  }
}
