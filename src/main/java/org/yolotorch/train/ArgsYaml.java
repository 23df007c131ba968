// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.train;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** Writes arguments as {@code args.yaml} has them: a key and a value per line. */
final class ArgsYaml {
  private ArgsYaml() {}

  static String of(Map<String, Object> arguments) {
    StringBuilder text = new StringBuilder();
    arguments.forEach(
        (key, value) -> text.append(key).append(':').append(scalar(value)).append('\n'));
    return text.toString();
  }

  /** As Python writes it: 0.0005, 1e-05. */
  private static String decimal(double value) {
    boolean plain = value == 0 || Math.abs(value) >= 1e-4 && Math.abs(value) < 1e16;
    if (plain) {
      String text = new BigDecimal(Double.toString(value)).toPlainString();
      return text.contains(".") ? text : text + ".0";
    }
    return Double.toString(value)
        .replace(".0E", "E")
        .replace("E-", "e-0")
        .replaceAll("e-0(\\d\\d)", "e-$1");
  }

  private static String scalar(Object value) {
    if (value == null) {
      return " null";
    }
    if (value instanceof List<?> list) {
      StringBuilder items = new StringBuilder();
      list.forEach(item -> items.append("\n- ").append(item));
      return list.isEmpty() ? " []" : items.toString();
    }
    if (value instanceof String text) {
      // Whatever YAML could read as something else stands in quotation marks.
      boolean plain = text.matches("[A-Za-z_./][A-Za-z0-9_./@+\\\\ -]*[A-Za-z0-9_./]|[A-Za-z_.]");
      boolean word = text.matches("(?i)true|false|yes|no|on|off|null|none|~");
      return " " + (plain && !word ? text : "'" + text.replace("'", "''") + "'");
    }
    return " " + (value instanceof Double number ? decimal(number) : value);
  }
}
