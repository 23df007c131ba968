// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

/** Names that arguments had in older versions of YOLO tools; understood, with a warning. */
enum DeprecatedArgument {
  BOXES("boxes", Argument.SHOW_BOXES, false),
  HIDE_LABELS("hide_labels", Argument.SHOW_LABELS, true),
  HIDE_CONF("hide_conf", Argument.SHOW_CONF, true),
  LINE_THICKNESS("line_thickness", Argument.LINE_WIDTH, false);

  private final String key;
  private final Argument argument;
  private final boolean opposite;

  DeprecatedArgument(String key, Argument argument, boolean opposite) {
    this.key = key;
    this.argument = argument;
    this.opposite = opposite;
  }

  /** The current argument as {@code key=value}, or null if the key is not deprecated. */
  static String current(String key, String value) {
    for (DeprecatedArgument deprecated : values()) {
      if (deprecated.key.equals(key)) {
        String text = value;
        if (deprecated.opposite) {
          Boolean hidden = Values.truth(value);
          text = hidden == null ? value : hidden ? "False" : "True";
        }
        return deprecated.argument.key() + "=" + text;
      }
    }
    return null;
  }
}
