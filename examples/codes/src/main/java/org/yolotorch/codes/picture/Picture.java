// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.codes.picture;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferInt;

/** Red, green and blue of every pixel, about 0 to 255. */
public final class Picture {
  public final int width;
  public final int height;
  public final float[][] planes;

  public Picture(int width, int height) {
    this.width = width;
    this.height = height;
    this.planes = new float[3][width * height];
  }

  public static Picture of(BufferedImage image) {
    Picture picture = new Picture(image.getWidth(), image.getHeight());
    int[] pixels = pixels(image);
    for (int i = 0; i < pixels.length; i++) {
      picture.planes[0][i] = pixels[i] >> 16 & 255;
      picture.planes[1][i] = pixels[i] >> 8 & 255;
      picture.planes[2][i] = pixels[i] & 255;
    }
    return picture;
  }

  /** The pixels of an image of type INT_RGB or INT_ARGB. */
  public static int[] pixels(BufferedImage image) {
    return ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
  }

  /** Rounded and clipped; the layout is the one that the JPEG writer is fastest with. */
  public BufferedImage toImage() {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    byte[] bytes = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    float[] r = planes[0];
    float[] g = planes[1];
    float[] b = planes[2];
    for (int i = 0; i < r.length; i++) {
      bytes[3 * i] = (byte) byteOf(b[i]);
      bytes[3 * i + 1] = (byte) byteOf(g[i]);
      bytes[3 * i + 2] = (byte) byteOf(r[i]);
    }
    return image;
  }

  static int byteOf(float value) {
    return value <= 0 ? 0 : value >= 255 ? 255 : (int) (value + 0.5f);
  }

  /** Brightness of a colour 0xRRGGBB, 0 to 255. */
  public static double brightness(int rgb) {
    return 0.299 * (rgb >> 16 & 255) + 0.587 * (rgb >> 8 & 255) + 0.114 * (rgb & 255);
  }

  /** Brightness of a pixel, 0 to 255. */
  public float luma(int at) {
    float luma = 0.299f * planes[0][at] + 0.587f * planes[1][at] + 0.114f * planes[2][at];
    return Math.max(0, Math.min(255, luma));
  }

  /** Mean brightness of a rectangle, of every third pixel; 128 if it is outside. */
  public double meanLuma(double left, double top, double right, double bottom) {
    double sum = 0;
    int count = 0;
    for (int y = (int) Math.max(0, top); y < Math.min(height, bottom); y += 3) {
      for (int x = (int) Math.max(0, left); x < Math.min(width, right); x += 3) {
        sum += luma(y * width + x);
        count++;
      }
    }
    return count == 0 ? 128 : sum / count;
  }
}
