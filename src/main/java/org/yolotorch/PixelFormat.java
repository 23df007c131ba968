// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import java.nio.ByteBuffer;

/** Order of the 8-bit samples of one pixel in memory. Alpha is ignored, never blended. */
public enum PixelFormat {
  /** Red, green, blue. */
  RGB(3),
  /** Blue, green, red. */
  BGR(3),
  /** Red, green, blue, alpha. */
  RGBA(4),
  /** Blue, green, red, alpha. */
  BGRA(4),
  /** Alpha, red, green, blue. */
  ARGB(4),
  /** Alpha, blue, green, red. */
  ABGR(4),
  /** One grey value. */
  GRAY(1),
  /**
   * Values that are no colours, or more than three, such as the bands of a multispectral camera;
   * {@link Image#samplesPerPixel()} says how many. Made by {@link Image#ofChannels(ByteBuffer, int,
   * int, int)}.
   */
  CHANNELS(0);

  private final int bytes;

  PixelFormat(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes per pixel; 0 for {@link #CHANNELS}, where they differ from picture to picture. */
  public int bytesPerPixel() {
    return bytes;
  }

  /** Byte offsets of the colours within a pixel. */
  record Offsets(int red, int green, int blue) {}

  Offsets offsets() {
    return switch (this) {
      case RGB, RGBA, CHANNELS -> new Offsets(0, 1, 2);
      case BGR, BGRA -> new Offsets(2, 1, 0);
      case ARGB -> new Offsets(1, 2, 3);
      case ABGR -> new Offsets(3, 2, 1);
      case GRAY -> new Offsets(0, 0, 0);
    };
  }
}
