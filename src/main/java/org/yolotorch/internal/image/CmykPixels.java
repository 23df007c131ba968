// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.image;

import java.awt.image.Raster;

/**
 * Converts the four-component samples of a JPEG to BGR without colour management: each colour is k
 * - ((255 - c) x k >> 8), as OpenCV computes it, where c and k are the light that the ink and the
 * black let through.
 */
public final class CmykPixels {
  private CmykPixels() {}

  /**
   * Converts samples as they are stored.
   *
   * @param ycck whether they are luminance, two chrominances and black
   * @param inverted whether 255 is no ink, else 0 is
   */
  public static byte[] bgr(Raster raster, boolean ycck, boolean inverted, TimeLimit time) {
    int width = raster.getWidth();
    int height = raster.getHeight();
    int[] row = new int[width * 4];
    byte[] bgr = new byte[width * height * 3];
    int to = 0;
    for (int y = 0; y < height; y++) {
      time.check();
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      for (int at = 0; at < row.length; at += 4) {
        if (ycck) {
          toInks(row, at);
        }
        int black = inverted ? row[at + 3] : 255 - row[at + 3];
        for (int ink = 2; ink >= 0; ink--) {
          int light = inverted ? row[at + ink] : 255 - row[at + ink];
          bgr[to++] = (byte) (black - ((255 - light) * black >> 8));
        }
      }
    }
    return bgr;
  }

  /** The first three samples are the complement of the red, green and blue of YCC. */
  private static void toInks(int[] row, int at) {
    double luma = row[at];
    double blue = row[at + 1] - 128;
    double red = row[at + 2] - 128;
    row[at] = 255 - clamp(luma + 1.402 * red);
    row[at + 1] = 255 - clamp(luma - 0.344136286 * blue - 0.714136286 * red);
    row[at + 2] = 255 - clamp(luma + 1.772 * blue);
  }

  private static int clamp(double value) {
    return (int) Math.max(0, Math.min(255, Math.rint(value)));
  }
}
