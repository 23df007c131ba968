// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

/**
 * An upright rectangle of whole pixels. Immutable.
 *
 * @param left first column, from 0
 * @param top first row, from 0
 * @param width columns
 * @param height rows
 */
public record PixelRect(int left, int top, int width, int height) {
  /** Width x height and the place, such as {@code 64x48 at 10,20}. */
  @Override
  public String toString() {
    return width + "x" + height + " at " + left + "," + top;
  }
}
