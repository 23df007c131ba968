// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.render;

import java.awt.Color;

/** Twenty class colours, and which of them need dark text. */
public final class Palette {
  private static final int[] COLORS = {
    0x042AFF, 0x0BDBEB, 0xF3F3F3, 0x00DFB7, 0x111F68, 0xFF6FDD, 0xFF444F, 0xCCED00, 0x00F344,
    0xBD00FF, 0x00B4FF, 0xDD00BA, 0x00FFFF, 0x26C000, 0x01FFB3, 0x7D24FF, 0x7B0068, 0xFF1B6C,
    0xFC6D2F, 0xA2FF0B
  };

  /** One bit per colour: those too light for white text. */
  private static final int LIGHT =
      1 << 1 | 1 << 2 | 1 << 3 | 1 << 5 | 1 << 7 | 1 << 8 | 1 << 12 | 1 << 14 | 1 << 19;

  private static final Color DARK_TEXT = new Color(17, 31, 104);

  private Palette() {}

  public static Color color(int classId) {
    return new Color(COLORS[Math.floorMod(classId, COLORS.length)]);
  }

  public static Color textColor(int classId) {
    return (LIGHT >> Math.floorMod(classId, COLORS.length) & 1) == 1 ? DARK_TEXT : Color.WHITE;
  }
}
