// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yolotorch.ErrorCode;
import org.yolotorch.YoloException;
import org.yolotorch.internal.bridge.NativeFailure;

class PlainTextTest {
  /** What terminals, editors and browsers obey or hide. */
  private static final int[] STEERING = {
    0, 7, 8, 0x1B, 0x7F, 0x80, 0x85, 0x90, 0x9B, 0x9D, 0xAD, 0x61C, 0x200B, 0x200E, 0x200F, 0x202A,
    0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069, 0xFEFF, 0xE0041, 0xD800, 0xDFFF
  };

  @Test
  void whatSteersIsReplaced() {
    for (int c : STEERING) {
      String sign = new String(Character.toChars(c));
      assertEquals("a?b", PlainText.of("a" + sign + "b"), Integer.toHexString(c));
    }
    assertEquals("?]0;title? ?[2J", PlainText.of("\u001b]0;title\u0007 \u001b[2J"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r", "\t", "\u000B", "\f", "\u2028", "\u2029"})
  void linesBecomeOne(String end) {
    assertEquals("a b", PlainText.of("a" + end + "b"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bus.jpg",
        "a b\u00A0c",
        "\u0444\u043E\u0442\u043E",
        "\u0646\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645",
        "\u732B",
        "e\u0301",
        "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67",
        "\u2764\uFE0F"
      })
  void wordsOfEveryScriptStay(String text) {
    assertSame(text, PlainText.of(text));
  }

  @Test
  void longValuesAreCut() {
    assertEquals("a".repeat(80), PlainText.start("a".repeat(80)));
    assertEquals("a".repeat(80) + "...", PlainText.start("a".repeat(81)));
    String cat = "\uD83D\uDC31";
    assertEquals(cat.repeat(80), PlainText.start(cat.repeat(80)));
    assertEquals(cat.repeat(80) + "...", PlainText.start(cat.repeat(5_000_000)));
    assertEquals("'a?b'", PlainText.shown("a\u001bb"));
  }

  @Test
  void messagesAreOneLineWhoeverMadeThem() {
    String raw = "A key was expected, but 'x\u001b[2J\nERROR forged\u202E' came; correct it.\n";
    String plain = "A key was expected, but 'x?[2J ERROR forged?' came; correct it.";
    for (ErrorCode code : ErrorCode.values()) {
      YoloException error = NativeFailure.of(code.number(), raw);
      assertEquals(plain, error.getMessage(), code.name());
      assertTrue(error.toJson("a\u009B.jpg").contains("\"a\\u009b.jpg\""), code.name());
    }
    String huge =
        new YoloException.InvalidData("x" + "y\n".repeat(4_000_000) + "; do z.").getMessage();
    assertTrue(huge.length() < 2100 && huge.endsWith("; do z."), "length " + huge.length());
    assertEquals(1, huge.lines().count());
  }
}
