// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.codes;

/**
 * A symbol on printed matter.
 *
 * @param symbol what is printed
 * @param area where its file's picture lies, in cm from the upper left corner
 * @param turns quarter turns clockwise
 * @param ink colour of what is black in the file
 * @param ground colour of what is white in the file
 */
record Placed(Symbol symbol, Rect area, int turns, String ink, String ground) {
  /** Centimetres of a pixel of the file. */
  double scale() {
    return (turns % 2 == 0 ? area.width() : area.height()) / symbol.width();
  }

  /** The symbol alone, in cm. */
  Rect outline() {
    Rect turned = symbol.outline();
    double height = symbol.height();
    double width = symbol.width();
    for (int i = 0; i < turns; i++) {
      turned = new Rect(height - turned.bottom(), turned.x(), turned.height(), turned.width());
      double swapped = width;
      width = height;
      height = swapped;
    }
    double scale = scale();
    return new Rect(
        area.x() + turned.x() * scale,
        area.y() + turned.y() * scale,
        turned.width() * scale,
        turned.height() * scale);
  }

  /** The symbol with its quiet zone, in cm. */
  Rect patch() {
    double module = symbol.module() * scale();
    double across = (turns % 2 == 0 ? symbol.quietAcross() : symbol.quietDown()) * module;
    double down = (turns % 2 == 0 ? symbol.quietDown() : symbol.quietAcross()) * module;
    return new Rect(
        area.x() - across, area.y() - down, area.width() + 2 * across, area.height() + 2 * down);
  }
}
