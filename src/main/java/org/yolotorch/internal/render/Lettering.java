// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.render;

import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.TextAttribute;
import java.awt.font.TextLayout;
import java.text.AttributedString;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Measures texts in one size and draws them onto one picture. */
final class Lettering {
  private static final int NON_JOINER = 0x200C;
  private static final int JOINER = 0x200D;
  private static final int FIRST_VARIATION = 0xFE00;
  private static final int LAST_VARIATION = 0xFE0F;

  private final Graphics2D graphics;
  private final LabelFonts source;
  private final Font[] fonts;
  private final FontMetrics[] metrics;
  private final int ascent;
  private final int height;
  private final Map<String, Line> lines = new HashMap<>();

  Lettering(Graphics2D graphics, LabelFonts source, int size) {
    this.graphics = graphics;
    this.source = source;
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    fonts = source.fonts(graphics, size);
    metrics = new FontMetrics[fonts.length];
    int above = 0;
    int below = 0;
    for (int i = 0; i < fonts.length; i++) {
      metrics[i] = graphics.getFontMetrics(fonts[i]);
      metrics[i].stringWidth("0");
      above = Math.max(above, metrics[i].getAscent());
      below = Math.max(below, metrics[i].getDescent());
    }
    ascent = above;
    height = above + below;
  }

  /** Rows from the top of a line to the bottom of it. */
  int height() {
    return height;
  }

  /** Rows from the top of a line to the foot of its letters. */
  int ascent() {
    return ascent;
  }

  /** A text that was measured; {@code layout} is null where letters simply follow each other. */
  record Line(String text, Font font, TextLayout layout, int width) {
    boolean isRightToLeft() {
      return layout != null && !layout.isLeftToRight();
    }
  }

  /** Measures a text, as one line without signs that would show as nothing or turn letters. */
  Line line(String text) {
    return lines.computeIfAbsent(text, this::measure);
  }

  /** Measures as much of the beginning of a text as fits, ended by dots if that is not all. */
  Line line(String text, int widest) {
    Line whole = line(text);
    if (whole.width() <= widest) {
      return whole;
    }
    int[] letters = whole.text().codePoints().toArray();
    int fits = 0;
    int excess = letters.length;
    while (excess - fits > 1) {
      int middle = (fits + excess) / 2;
      if (shape(cut(letters, middle), false).width() <= widest) {
        fits = middle;
      } else {
        excess = middle;
      }
    }
    return shape(fits == 0 ? "" : cut(letters, fits), false);
  }

  void draw(Line line, int x, int foot) {
    if (line.layout() != null) {
      line.layout().draw(graphics, x, foot);
    } else {
      graphics.setFont(line.font());
      graphics.drawString(line.text(), x, foot);
    }
  }

  private static String cut(int[] letters, int count) {
    return new String(letters, 0, count).strip() + "...";
  }

  private Line measure(String text) {
    StringBuilder clean = new StringBuilder();
    text.codePoints().forEach(letter -> add(clean, letter));
    return shape(clean.toString(), true);
  }

  private static void add(StringBuilder clean, int letter) {
    switch (Character.getType(letter)) {
      case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
          clean.append(' ');
      case Character.SURROGATE -> clean.append('\uFFFD');
      case Character.FORMAT -> {
        // All but joiners are left out: an override of the direction would turn what follows.
        if (letter == NON_JOINER || letter == JOINER) {
          clean.appendCodePoint(letter);
        }
      }
      default -> clean.appendCodePoint(letter);
    }
  }

  /** Chooses the fonts of the letters and puts these into order. */
  private Line shape(String text, boolean tell) {
    int[] choice = new int[text.length()];
    boolean mixed = false;
    int font = 0;
    for (int at = 0; at < text.length(); ) {
      int letter = text.codePointAt(at);
      font = fontOf(letter, font, text, tell);
      int next = at + Character.charCount(letter);
      Arrays.fill(choice, at, next, font);
      mixed |= font != choice[0];
      at = next;
    }
    int first = choice.length == 0 ? 0 : choice[0];
    char[] chars = text.toCharArray();
    if (!mixed && !Font.textRequiresLayout(chars, 0, chars.length)) {
      return new Line(text, fonts[first], null, metrics[first].stringWidth(text));
    }
    AttributedString runs = new AttributedString(text);
    int start = 0;
    for (int at = 1; at <= choice.length; at++) {
      if (at == choice.length || choice[at] != choice[start]) {
        runs.addAttribute(TextAttribute.FONT, fonts[choice[start]], start, at);
        start = at;
      }
    }
    TextLayout layout = new TextLayout(runs.getIterator(), graphics.getFontRenderContext());
    return new Line(text, fonts[first], layout, (int) Math.ceil(layout.getAdvance()));
  }

  /** The place of the first font that has the letter; blanks and joiners stay with the last one. */
  private int fontOf(int letter, int last, String text, boolean tell) {
    boolean silent =
        letter == ' '
            || Character.getType(letter) == Character.FORMAT
            || letter >= FIRST_VARIATION && letter <= LAST_VARIATION;
    if (silent) {
      return last;
    }
    for (int i = 0; i < fonts.length; i++) {
      if (fonts[i].canDisplay(letter)) {
        return i;
      }
    }
    if (tell) {
      source.tellUnshown(text, letter);
    }
    return fonts.length - 1;
  }
}
