// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.image;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import org.yolotorch.Image;
import org.yolotorch.PixelRect;
import org.yolotorch.Xywhr;

/** The part of a picture around a rotated box, turned upright. */
public final class RotatedCrop {
  private static final int CHANNELS = 3;

  private final Image image;
  private final int left;
  private final int top;
  private final int columns;
  private final int rows;
  private final byte[] from;

  /** Reads the pixels of one part of the picture. */
  private RotatedCrop(Image image, PixelRect part) {
    this.image = image;
    this.left = part.left();
    this.top = part.top();
    this.columns = part.width();
    this.rows = part.height();
    this.from = samples(image.part(part).toBufferedImage());
  }

  private static byte[] samples(BufferedImage picture) {
    return ((DataBufferByte) picture.getRaster().getDataBuffer()).getData();
  }

  /**
   * The pixels along the axes of the box, which is enlarged as {@link Crop} does; those outside of
   * the picture are black.
   */
  public static BufferedImage of(Image image, Xywhr box) {
    double most = Math.hypot(image.width(), image.height());
    int width = side(Crop.enlarged(box.width()), most);
    int height = side(Crop.enlarged(box.height()), most);
    double cos = Math.cos(box.angle());
    double sin = Math.sin(box.angle());
    double across = (width * Math.abs(cos) + height * Math.abs(sin)) / 2 + 1;
    double down = (width * Math.abs(sin) + height * Math.abs(cos)) / 2 + 1;
    int left = clip(box.x() - across, image.width() - 1);
    int top = clip(box.y() - down, image.height() - 1);
    int right = clip(Math.ceil(box.x() + across), image.width());
    int bottom = clip(Math.ceil(box.y() + down), image.height());
    PixelRect part = new PixelRect(left, top, Math.max(1, right - left), Math.max(1, bottom - top));
    RotatedCrop crop = new RotatedCrop(image, part);
    BufferedImage upright = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    byte[] to = samples(upright);
    for (int row = 0; row < height; row++) {
      double v = row + 0.5 - height / 2.0;
      for (int column = 0; column < width; column++) {
        double u = column + 0.5 - width / 2.0;
        // Pixel k reaches from k to k + 1: its centre is half a pixel further.
        double x = box.x() + u * cos - v * sin - 0.5;
        double y = box.y() + u * sin + v * cos - 0.5;
        crop.sample(x, y, to, (row * width + column) * CHANNELS);
      }
    }
    return upright;
  }

  private static int side(double pixels, double most) {
    // Written so that NaN becomes one pixel.
    return pixels > 1 ? (int) Math.round(Math.min(pixels, Math.max(1, most))) : 1;
  }

  private static int clip(double value, int most) {
    return (int) Math.max(0, Math.min(most, value));
  }

  /** The colour at a place between the centres of four pixels. */
  private void sample(double x, double y, byte[] to, int at) {
    if (!(x >= -0.5 && y >= -0.5 && x <= image.width() - 0.5 && y <= image.height() - 0.5)) {
      return;
    }
    int column = (int) Math.floor(x);
    int row = (int) Math.floor(y);
    double right = x - column;
    double lower = y - row;
    for (int channel = 0; channel < CHANNELS; channel++) {
      double value =
          (1 - lower)
                  * ((1 - right) * pixel(column, row, channel)
                      + right * pixel(column + 1, row, channel))
              + lower
                  * ((1 - right) * pixel(column, row + 1, channel)
                      + right * pixel(column + 1, row + 1, channel));
      to[at + channel] = (byte) Math.round(value);
    }
  }

  /** A sample of the picture; at the edges the nearest one. */
  private int pixel(int column, int row, int channel) {
    int x = Math.max(0, Math.min(columns - 1, column - left));
    int y = Math.max(0, Math.min(rows - 1, row - top));
    return from[(y * columns + x) * CHANNELS + channel] & 0xFF;
  }
}
