// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.codes;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Arguments of the form key=value. */
final class Arguments {
  private final Map<String, String> values;

  /** Reads arguments; the map has all keys that there are, with their values when not given. */
  Arguments(String[] given, Map<String, String> defaults) {
    values = new LinkedHashMap<>(defaults);
    for (String one : given) {
      int at = one.indexOf('=');
      if (at < 1 || !values.containsKey(one.substring(0, at))) {
        throw new IllegalArgumentException(
            "Expected arguments %s with = and a value, got '%s'; correct it."
                .formatted(values.keySet(), one));
      }
      values.put(one.substring(0, at), one.substring(at + 1));
    }
  }

  String text(String key) {
    return values.get(key);
  }

  Path path(String key) {
    return Path.of(text(key)).toAbsolutePath().normalize();
  }

  long number(String key) {
    try {
      return Long.parseLong(text(key));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "Expected a whole number for %s, got '%s'; correct it.".formatted(key, text(key)), e);
    }
  }
}
