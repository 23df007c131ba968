// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.render;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;

/**
 * Colours used in turn, and which of them need dark text.
 *
 * @param colors at least one
 */
public record Palette(List<Color> colors) {
  private static final int[] CLASS_COLORS = {
    0x042AFF, 0x0BDBEB, 0xF3F3F3, 0x00DFB7, 0x111F68, 0xFF6FDD, 0xFF444F, 0xCCED00, 0x00F344,
    0xBD00FF, 0x00B4FF, 0xDD00BA, 0x00FFFF, 0x26C000, 0x01FFB3, 0x7D24FF, 0x7B0068, 0xFF1B6C,
    0xFC6D2F, 0xA2FF0B
  };

  /** The twenty class colours. */
  public static final Palette CLASSES = classes();

  /** From this luminance on, 0 to 255, white text would be hard to read. */
  private static final double LIGHT = 148;

  private static final Color DARK_TEXT = new Color(17, 31, 104);

  private static Palette classes() {
    List<Color> colors = new ArrayList<>();
    for (int rgb : CLASS_COLORS) {
      colors.add(new Color(rgb));
    }
    return new Palette(List.copyOf(colors));
  }

  /** The colour of a class or object; they repeat. */
  public Color color(int index) {
    return colors.get(Math.floorMod(index, colors.size()));
  }

  /** A colour that is read well on {@link #color(int)}. */
  public Color textColor(int index) {
    Color ground = color(index);
    double luminance =
        0.299 * ground.getRed() + 0.587 * ground.getGreen() + 0.114 * ground.getBlue();
    return luminance < LIGHT ? Color.WHITE : DARK_TEXT;
  }
}
