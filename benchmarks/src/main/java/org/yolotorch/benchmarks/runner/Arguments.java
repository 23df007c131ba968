// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.runner;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Arguments {@code key=value} of the runner, each with a default. */
final class Arguments {
  private final Map<String, String> values;

  private Arguments(Map<String, String> values) {
    this.values = values;
  }

  /**
   * Reads arguments.
   *
   * @param defaults every key there is, with its default
   * @throws IllegalArgumentException if one is no {@code key=value} or its key is not known
   */
  static Arguments of(List<String> arguments, Map<String, String> defaults) {
    Map<String, String> values = new LinkedHashMap<>(defaults);
    for (String argument : arguments) {
      int sign = argument.indexOf('=');
      String key = sign < 0 ? argument : argument.substring(0, sign);
      if (sign < 0 || !defaults.containsKey(key)) {
        throw new IllegalArgumentException(
            "An argument key=value with a key of "
                + defaults.keySet()
                + " was expected, but '"
                + argument
                + "' came; see benchmarks/README.md.");
      }
      values.put(key, argument.substring(sign + 1));
    }
    return new Arguments(values);
  }

  String text(String key) {
    return values.get(key);
  }

  List<String> list(String key) {
    return List.of(values.get(key).split(","));
  }

  /** A whole number of at least 1. */
  int count(String key) {
    return number(key, values.get(key));
  }

  List<Integer> counts(String key) {
    return list(key).stream().map(value -> number(key, value)).toList();
  }

  private static int number(String key, String value) {
    if (!value.matches("[1-9][0-9]{0,5}")) {
      throw new IllegalArgumentException(
          key + " must be a whole number from 1 on, but was '" + value + "'; give another.");
    }
    return Integer.parseInt(value);
  }
}
