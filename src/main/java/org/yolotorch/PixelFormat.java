// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

/** Order of the 8-bit samples of one pixel in memory. Alpha is read over, never blended. */
public enum PixelFormat {
  /** Red, green, blue. */
  RGB(0, 3),
  /** Blue, green, red. */
  BGR(1, 3),
  /** Red, green, blue, alpha. */
  RGBA(2, 4),
  /** Blue, green, red, alpha. */
  BGRA(3, 4),
  /** Alpha, red, green, blue. */
  ARGB(4, 4),
  /** Alpha, blue, green, red. */
  ABGR(5, 4),
  /** One grey value. */
  GRAY(6, 1);

  private final int number;
  private final int bytes;

  PixelFormat(int number, int bytes) {
    this.number = number;
    this.bytes = bytes;
  }

  /** Bytes a pixel takes. */
  public int bytesPerPixel() {
    return bytes;
  }

  /** The number the native side knows this format by. */
  int number() {
    return number;
  }

  /** Byte offsets of red, green and blue within a pixel. */
  int[] rgbOffsets() {
    return switch (this) {
      case RGB, RGBA -> new int[] {0, 1, 2};
      case BGR, BGRA -> new int[] {2, 1, 0};
      case ARGB -> new int[] {1, 2, 3};
      case ABGR -> new int[] {3, 2, 1};
      case GRAY -> new int[] {0, 0, 0};
    };
  }
}
