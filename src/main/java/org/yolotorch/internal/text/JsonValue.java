// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.text;

import java.util.List;
import java.util.Map;

/** Writes maps, lists, texts, numbers, switches and null as JSON. */
public final class JsonValue {
  private JsonValue() {}

  /**
   * The JSON of a value.
   *
   * @throws IllegalArgumentException if it is or holds anything else
   */
  public static String of(Object value) {
    return write(new StringBuilder(), value).toString();
  }

  private static StringBuilder write(StringBuilder out, Object value) {
    if (value instanceof Map<?, ?> map) {
      String before = "{";
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        Json.text(out.append(before), entry.getKey().toString()).append(':');
        write(out, entry.getValue());
        before = ",";
      }
      return out.append(map.isEmpty() ? "{}" : "}");
    }
    if (value instanceof List<?> list) {
      out.append('[');
      String before = "";
      for (Object item : list) {
        write(out.append(before), item);
        before = ",";
      }
      return out.append(']');
    }
    if (value instanceof String text) {
      return Json.text(out, text);
    }
    if (value instanceof Double number && !Double.isFinite(number)) {
      return out.append("null");
    }
    if (value == null || value instanceof Number || value instanceof Boolean) {
      return out.append(value);
    }
    throw new IllegalArgumentException("no JSON value: " + value.getClass());
  }
}
