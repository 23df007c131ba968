// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.codes;

/**
 * Colours of printed matter.
 *
 * @param paper what is printed on
 * @param ink text and lines
 * @param accent areas and headings
 */
record Palette(String paper, String ink, String accent) {
  private static final String[] WHITES = {
    "#ffffff", "#fdfdfb", "#f7f5ee", "#f3efe2", "#eef1f4", "#f8f8f0"
  };
  private static final String[] INKS = {
    "#000000", "#0a0a0a", "#141414", "#1c1c22", "#101830", "#2a1a10", "#102818", "#3c3c3c"
  };
  private static final String[] ACCENTS = {
    "#c22a2a", "#1f5fa8", "#1d7a46", "#d98a12", "#6a2c86", "#0e8590", "#d8c414", "#303438",
    "#b8476a", "#7a5230"
  };
  private static final String[] GROUNDS = {
    "#e9d9a8", "#cfe3ef", "#d9ead2", "#f2c9c4", "#e4d5ee", "#f4e04d", "#e8842c", "#2f6fb2",
    "#b3262c", "#23663d", "#22262b", "#6c3b22", "#c9cdd1", "#8fbf3f"
  };

  static Palette white(Rand rand) {
    return new Palette(rand.of(WHITES), rand.of(INKS), rand.of(ACCENTS));
  }

  static Palette coloured(Rand rand) {
    String ground = rand.of(GROUNDS);
    boolean dark = brightness(ground) < 110;
    return new Palette(ground, dark ? rand.of(WHITES) : rand.of(INKS), rand.of(ACCENTS));
  }

  static Palette cardboard(Rand rand) {
    return new Palette(
        rand.of("#b98f5f", "#a9825a", "#c29c70", "#9c7549", "#b08a63"),
        rand.of("#1a1410", "#2a2018", "#101010"),
        rand.of("#5a2018", "#202020", "#234066"));
  }

  static Palette metal(Rand rand) {
    return new Palette(
        rand.of("#b9babb", "#a8abad", "#c6c3bd", "#8f9295"),
        rand.of("#2c2c2e", "#3c3a38", "#1c1c20", "#4a4a4c"),
        "#5c6064");
  }

  /** Of 0 to 255. */
  static double brightness(String colour) {
    int rgb = Integer.parseInt(colour.substring(1), 16);
    return 0.3 * (rgb >> 16) + 0.6 * (rgb >> 8 & 255) + 0.1 * (rgb & 255);
  }

  /** A ground on which dark modules are read well. */
  String codeGround(Rand rand) {
    boolean bare = brightness(paper) > 135 && rand.chance(0.7);
    return bare ? paper : rand.of(WHITES);
  }

  /** A dark ink for modules. */
  String codeInk(Rand rand) {
    return brightness(ink) < 80 && rand.chance(0.8) ? ink : rand.of(INKS);
  }
}
