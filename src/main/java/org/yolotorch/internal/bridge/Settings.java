// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.bridge;

/** Options as native code takes them: one {@code key=value} per line. Not thread-safe. */
public final class Settings {
  private final StringBuilder text = new StringBuilder(256);

  /**
   * Adds a line, unless the value is null.
   *
   * @param key one of the constants {@code Natives.KEY_*}
   */
  public Settings put(String key, Object value) {
    if (value != null) {
      text.append(text.isEmpty() ? "" : "\n").append(key).append('=').append(value);
    }
    return this;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
