// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.util.regex.Pattern;
import org.yolotorch.internal.PathText;

/** Values as they are written on command lines, which may be lines of Python. */
final class ValueText {
  private static final Pattern NUMBER = Pattern.compile("\\d+(\\.\\d*)?|\\.\\d+");

  private ValueText() {}

  /** The value without a comma behind it and without quotes around it. */
  static String clean(String value) {
    String text = value.endsWith(",") && !isFile(value) ? withoutComma(value) : value;
    int last = text.length() - 1;
    boolean quoted =
        last > 0
            && (text.charAt(0) == '"' || text.charAt(0) == '\'')
            && text.indexOf(text.charAt(0), 1) == last;
    return quoted && !isFile(text) ? text.substring(1, last) : text;
  }

  static String withoutComma(String text) {
    return text.endsWith(",") ? text.substring(0, text.length() - 1) : text;
  }

  /** Whether a value stands for the default. */
  static boolean isNothing(String value) {
    return switch (value.replace(" ", "")) {
      case "", "[]", "()" -> true;
      default -> value.equalsIgnoreCase("none");
    };
  }

  /** Whether a value is a number that is not negative. */
  static boolean isNumber(String value) {
    return NUMBER.matcher(value).matches();
  }

  private static boolean isFile(String name) {
    try {
      return Files.exists(PathText.of(name));
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
