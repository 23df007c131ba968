// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.serve.internal.infer;

/** Texts of clients in messages. */
final class Text {
  private static final int MOST = 80;

  private Text() {}

  /** A text without control characters, and not longer than a line. */
  static String shortened(String text) {
    String start = text.length() > MOST ? text.substring(0, MOST) + "..." : text;
    return start.replaceAll("\\p{Cntrl}", "?");
  }
}
