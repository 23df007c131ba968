// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import java.util.ArrayList;
import java.util.List;
import org.yolotorch.internal.PlainText;

/** Lays out text in a column that a terminal of usual width shows whole. */
final class Columns {
  private static final int WIDTH = 96;

  /** A blank that no line is broken at; it is printed as a plain one. */
  static final char TIE = '\u00A0';

  private Columns() {}

  /** The text in lines, the first behind {@code label}, the others below each other. */
  static List<String> wrap(String label, int labelWidth, String text) {
    List<String> lines = new ArrayList<>();
    String before = label + " ".repeat(Math.max(0, labelWidth - label.length()));
    String rest = text;
    while (rest.length() > WIDTH - labelWidth) {
      int end = rest.lastIndexOf(' ', WIDTH - labelWidth);
      end = end <= 0 ? WIDTH - labelWidth : end;
      lines.add(line(before + rest.substring(0, end)));
      rest = rest.substring(end).stripLeading();
      before = " ".repeat(labelWidth);
    }
    lines.add(line(before + rest));
    return lines;
  }

  private static String line(String text) {
    return PlainText.of(text).replace(TIE, ' ').stripTrailing();
  }
}
