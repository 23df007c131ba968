// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.codes.symbols;

/**
 * A symbol as a grid of modules.
 *
 * @param content what it says
 * @param columns modules of a row
 * @param rows rows; one for linear codes
 * @param rowHeight height of a row in module widths
 * @param dark row by row
 * @param text what stands below a linear code
 * @param guards whether bars of EAN and UPC reach into the text: column by column, or null
 */
public record Symbol(
    Content content,
    int columns,
    int rows,
    double rowHeight,
    boolean[] dark,
    String text,
    boolean[] guards) {

  /** Its class. */
  public CodeClass kind() {
    return content.kind();
  }

  public double aspect() {
    return columns / (rows * rowHeight);
  }

  public boolean at(int column, int row) {
    return dark[row * columns + column];
  }

  /** The longer side in module widths. */
  public int longest() {
    return (int) Math.max(columns, Math.round(rows * rowHeight));
  }
}
