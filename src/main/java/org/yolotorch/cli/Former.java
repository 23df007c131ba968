// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

/** Names that arguments had in older versions of YOLO tools; understood, with a warning. */
enum Former {
  BOXES("boxes", Argument.SHOW_BOXES, false),
  HIDE_LABELS("hide_labels", Argument.SHOW_LABELS, true),
  HIDE_CONF("hide_conf", Argument.SHOW_CONF, true),
  LINE_THICKNESS("line_thickness", Argument.LINE_WIDTH, false);

  private final String key;
  private final Argument argument;
  private final boolean opposite;

  Former(String key, Argument argument, boolean opposite) {
    this.key = key;
    this.argument = argument;
    this.opposite = opposite;
  }

  /** The argument of today as {@code key=value}, or the token itself. */
  static String today(String key, String value) {
    for (Former former : values()) {
      if (former.key.equals(key)) {
        String text = value;
        if (former.opposite) {
          boolean hidden = value.equalsIgnoreCase("true");
          text = hidden ? "False" : value.equalsIgnoreCase("false") ? "True" : value;
        }
        return former.argument.key() + "=" + text;
      }
    }
    return null;
  }
}
