// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal;

/**
 * Text from outside as a line that a terminal, a log or a table shows and does not obey: without
 * control characters, line breaks, and characters that are hidden or turn the direction of writing.
 */
public final class PlainText {
  private static final int MOST_SHOWN = 80;

  /** A sentence with a few long paths fits. */
  private static final int LONGEST_MESSAGE = 2000;

  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
  private static final int ZERO_WIDTH_JOINER = 0x200D;

  private PlainText() {}

  /** The text on one line: line breaks and tabs as blanks, question marks for what else steers. */
  public static String of(String text) {
    int length = text.length();
    int at = 0;
    while (at < length && !steers(text.codePointAt(at))) {
      at += Character.charCount(text.codePointAt(at));
    }
    if (at == length) {
      return text;
    }
    StringBuilder plain = new StringBuilder(length).append(text, 0, at);
    while (at < length) {
      int c = text.codePointAt(at);
      plain.appendCodePoint(!steers(c) ? c : Character.isWhitespace(c) ? ' ' : '?');
      at += Character.charCount(c);
    }
    return plain.toString();
  }

  /** Whether a character is shown by no sign of its own but changes how others are shown. */
  public static boolean steers(int codePoint) {
    if (codePoint >= ' ' && codePoint <= '~') {
      return false;
    }
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      // Words of several scripts and pictures of people are written with these two.
      case Character.FORMAT -> codePoint != ZERO_WIDTH_JOINER && codePoint != ZERO_WIDTH_NON_JOINER;
      default -> false;
    };
  }

  /** The beginning of a value, as {@link #of} gives it. */
  public static String start(String text) {
    return start(text, MOST_SHOWN);
  }

  /** The beginning of a value, at most so many characters. */
  public static String start(String text, int most) {
    int length = text.length();
    // No more than these can be needed, and the value may be megabytes.
    String start = text.substring(0, Math.min(length, 2 * most));
    int points = start.codePointCount(0, start.length());
    boolean whole = length == start.length() && points <= most;
    return whole
        ? of(text)
        : of(start.substring(0, start.offsetByCodePoints(0, Math.min(points, most)))) + "...";
  }

  /** The beginning of a value in quotes. */
  public static String shown(String text) {
    return "'" + start(text) + "'";
  }

  /** A sentence on one line; a long one without its middle, as its end says what to do. */
  public static String message(String text) {
    String line = text.stripTrailing();
    int length = line.length();
    if (length <= LONGEST_MESSAGE) {
      return of(line);
    }
    int half = LONGEST_MESSAGE / 2;
    return of(line.substring(0, half)) + " ... " + of(line.substring(length - half));
  }
}
