// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The EXIF orientation of a picture: 1 is upright, 2 to 8 are the mirrored and turned ones.
 *
 * <p>Nothing else of the EXIF data is read: it is untrusted. Reading takes no memory and at most as
 * many steps as there are bytes.
 */
public final class Orientation {
  /** Bytes of the header, and of each entry of a directory. */
  private static final int HEADER_BYTES = 8;

  private static final int ENTRY_BYTES = 12;

  private static final int TIFF_MAGIC = 42;
  private static final int TAG = 0x0112;
  private static final int TYPE_SHORT = 3;

  private Orientation() {}

  /**
   * The orientation in the TIFF structure of these bytes, which EXIF data is: that of its first
   * directory, the main picture's. 1 if there is none, a wrong one or no such structure, because
   * broken metadata does not make a picture unusable: every viewer shows it as stored.
   */
  public static int of(byte[] bytes, int start, int end) {
    ByteBuffer tiff = ByteBuffer.wrap(bytes, start, end - start).slice();
    if (tiff.limit() < HEADER_BYTES) {
      return 1;
    }
    int order = tiff.getShort(0);
    if (order == ('I' << 8 | 'I')) {
      tiff.order(ByteOrder.LITTLE_ENDIAN);
    } else if (order != ('M' << 8 | 'M')) {
      return 1;
    }
    long directory = Integer.toUnsignedLong(tiff.getInt(4));
    if (tiff.getShort(2) != TIFF_MAGIC || directory > tiff.limit() - 2) {
      return 1;
    }
    int entries = Short.toUnsignedInt(tiff.getShort((int) directory));
    long entry = directory + 2;
    for (int i = 0; i < entries && entry <= tiff.limit() - ENTRY_BYTES; i++) {
      int at = (int) entry;
      if (tiff.getShort(at) == TAG && tiff.getShort(at + 2) == TYPE_SHORT) {
        int value = tiff.getShort(at + 8);
        return value >= 1 && value <= 8 ? value : 1;
      }
      entry += ENTRY_BYTES;
    }
    return 1;
  }

  /** Whether applying this orientation swaps width and height. */
  public static boolean swapsSides(int orientation) {
    return orientation >= 5;
  }

  /** Turns 3-byte pixels of a stored picture upright. */
  public static byte[] apply(int orientation, byte[] pixels, int width, int height) {
    byte[] upright = new byte[pixels.length];
    int newWidth = swapsSides(orientation) ? height : width;
    int from = 0;
    for (int y = 0; y < height; y++) {
      int downY = height - 1 - y;
      for (int x = 0; x < width; x++) {
        int downX = width - 1 - x;
        int place =
            switch (orientation) {
              case 2 -> y * newWidth + downX;
              case 3 -> downY * newWidth + downX;
              case 4 -> downY * newWidth + x;
              case 5 -> x * newWidth + y;
              case 6 -> x * newWidth + downY;
              case 7 -> downX * newWidth + downY;
              case 8 -> downX * newWidth + y;
              default -> y * newWidth + x;
            };
        upright[place * 3] = pixels[from++];
        upright[place * 3 + 1] = pixels[from++];
        upright[place * 3 + 2] = pixels[from++];
      }
    }
    return upright;
  }
}
