// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.val;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import org.yolotorch.Mask;

/** A set of pixels of a frame: one bit per pixel, row by row. */
final class PixelSet {
  private final long[] bits;

  private PixelSet(int pixels) {
    this.bits = new long[(pixels + 63) >> 6];
  }

  private void set(int pixel) {
    bits[pixel >> 6] |= 1L << (pixel & 63);
  }

  /** The pixels of a found object. */
  static PixelSet of(Mask mask) {
    int columns = mask.frameWidth();
    PixelSet set = new PixelSet(columns * mask.frameHeight());
    for (int y = mask.top(); y < mask.top() + mask.height(); y++) {
      for (int x = mask.left(); x < mask.left() + mask.width(); x++) {
        if (mask.get(x, y)) {
          set.set(y * columns + x);
        }
      }
    }
    return set;
  }

  /** The pixels inside an outline (x, y pairs) and on it, their centres at whole numbers. */
  static PixelSet of(double[] outline, int width, int height) {
    byte[] pixels = draw(outline, width, height);
    PixelSet set = new PixelSet(width * height);
    for (int i = 0; i < pixels.length; i++) {
      if (pixels[i] != 0) {
        set.set(i);
      }
    }
    return set;
  }

  /**
   * As {@link #of(double[], int, int)}, at a quarter of the width and height: a pixel is set where
   * two of the four in its middle are, which is how a bilinear resize decides.
   */
  static PixelSet ofQuarter(double[] outline, int width, int height) {
    byte[] pixels = draw(outline, width, height);
    int columns = width / 4;
    PixelSet set = new PixelSet(columns * (height / 4));
    for (int y = 0; y < height / 4; y++) {
      for (int x = 0; x < columns; x++) {
        int corner = (4 * y + 1) * width + 4 * x + 1;
        int count = 0;
        for (int at : new int[] {corner, corner + 1, corner + width, corner + width + 1}) {
          count += pixels[at] != 0 ? 1 : 0;
        }
        if (count >= 2) {
          set.set(y * columns + x);
        }
      }
    }
    return set;
  }

  private static byte[] draw(double[] outline, int width, int height) {
    int[] xs = new int[outline.length / 2];
    int[] ys = new int[xs.length];
    for (int i = 0; i < xs.length; i++) {
      xs[i] = (int) outline[2 * i];
      ys[i] = (int) outline[2 * i + 1];
    }
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D graphics = image.createGraphics();
    graphics.fillPolygon(xs, ys, xs.length);
    graphics.drawPolygon(xs, ys, xs.length);
    graphics.dispose();
    return ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
  }

  int count() {
    int count = 0;
    for (long word : bits) {
      count += Long.bitCount(word);
    }
    return count;
  }

  /** Takes the pixels of another set of the same frame away. */
  void remove(PixelSet other) {
    for (int i = 0; i < bits.length; i++) {
      bits[i] &= ~other.bits[i];
    }
  }

  /** Intersection over union with a set of the same frame; 0 for two empty ones. */
  double overlap(PixelSet other) {
    int both = 0;
    int any = 0;
    for (int i = 0; i < bits.length; i++) {
      both += Long.bitCount(bits[i] & other.bits[i]);
      any += Long.bitCount(bits[i] | other.bits[i]);
    }
    return any == 0 ? 0 : (double) both / any;
  }
}
