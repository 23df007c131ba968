// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.codes.read;

import com.google.zxing.LuminanceSource;
import com.google.zxing.RGBLuminanceSource;
import java.awt.image.BufferedImage;
import org.yolotorch.codes.picture.Picture;

/** Brightness of every pixel, about 0 to 255. */
public record Gray(int width, int height, float[] pixels) {
  Gray(int width, int height) {
    this(width, height, new float[width * height]);
  }

  /** The brightness of a picture. */
  public static Gray of(BufferedImage image) {
    Gray gray = new Gray(image.getWidth(), image.getHeight());
    int[] row = new int[gray.width];
    for (int y = 0; y < gray.height; y++) {
      image.getRGB(0, y, gray.width, 1, row, 0, gray.width);
      for (int x = 0; x < gray.width; x++) {
        gray.pixels[y * gray.width + x] = (float) Picture.brightness(row[x]);
      }
    }
    return gray;
  }

  /** A pixel; the nearest one for places outside. */
  float at(int x, int y) {
    int column = Math.max(0, Math.min(width - 1, x));
    int row = Math.max(0, Math.min(height - 1, y));
    return pixels[row * width + column];
  }

  /** A copy of a part. */
  Gray part(int left, int top, int partWidth, int partHeight) {
    Gray part = new Gray(partWidth, partHeight);
    for (int y = 0; y < partHeight; y++) {
      System.arraycopy(pixels, (top + y) * width + left, part.pixels, y * partWidth, partWidth);
    }
    return part;
  }

  /** Half the size, each pixel the mean of four. */
  Gray halved() {
    Gray half = new Gray(Math.max(1, width / 2), Math.max(1, height / 2));
    for (int y = 0; y < half.height; y++) {
      for (int x = 0; x < half.width; x++) {
        float sum = at(2 * x, 2 * y) + at(2 * x + 1, 2 * y);
        sum += at(2 * x, 2 * y + 1) + at(2 * x + 1, 2 * y + 1);
        half.pixels[y * half.width + x] = sum / 4;
      }
    }
    return half;
  }

  /** Brightness between pixels by cubic interpolation; the centre of the first is at 0.5, 0.5. */
  float between(double x, double y) {
    int left = (int) Math.floor(x - 0.5);
    int top = (int) Math.floor(y - 0.5);
    float dx = (float) (x - 0.5 - left);
    return cubic(
        between(left, top - 1, dx),
        between(left, top, dx),
        between(left, top + 1, dx),
        between(left, top + 2, dx),
        (float) (y - 0.5 - top));
  }

  private float between(int left, int row, float dx) {
    return cubic(at(left - 1, row), at(left, row), at(left + 1, row), at(left + 2, row), dx);
  }

  /** The spline of Catmull and Rom. */
  private static float cubic(float a, float b, float c, float d, float t) {
    return b + 0.5f * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
  }

  /**
   * The angle that gradients within a rectangle have most, to be added to multiples of a part of
   * the circle.
   *
   * @param directions into how many parts the circle is divided: 2 for bars, 4 for squares
   */
  double angle(int left, int top, int right, int bottom, int directions) {
    double cos = 0;
    double sin = 0;
    for (int y = top; y < bottom; y++) {
      for (int x = left; x < right; x++) {
        double dx = slope(x, y, 1, 0);
        double dy = slope(x, y, 0, 1);
        double strength = dx * dx + dy * dy;
        double angle = directions * Math.atan2(dy, dx);
        cos += strength * Math.cos(angle);
        sin += strength * Math.sin(angle);
      }
    }
    return Math.atan2(sin, cos) / directions;
  }

  /** Scharr's operator, which favours no direction, not even where edges are jagged. */
  private float slope(int x, int y, int dx, int dy) {
    float beside = at(x + dx + dy, y + dy + dx) - at(x - dx + dy, y - dy + dx);
    beside += at(x + dx - dy, y + dy - dx) - at(x - dx - dy, y - dy - dx);
    return 10 * (at(x + dx, y + dy) - at(x - dx, y - dy)) + 3 * beside;
  }

  /** Each pixel the mean of a rectangle around it. */
  Gray blurred(int reachX, int reachY) {
    return mean(reachX, 1, 0).mean(reachY, 0, 1);
  }

  private Gray mean(int reach, int stepX, int stepY) {
    Gray mean = new Gray(width, height);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        float sum = 0;
        for (int i = -reach; i <= reach; i++) {
          sum += at(x + i * stepX, y + i * stepY);
        }
        mean.pixels[y * width + x] = sum / (2 * reach + 1);
      }
    }
    return mean;
  }

  /** What differs from a blurred copy, strengthened. */
  Gray sharpened(int reach, float strength) {
    Gray blurred = blurred(reach, reach).blurred(reach, reach);
    for (int i = 0; i < pixels.length; i++) {
      blurred.pixels[i] = pixels[i] + strength * (pixels[i] - blurred.pixels[i]);
    }
    return blurred;
  }

  /** The form that ZXing takes. */
  public LuminanceSource source() {
    int[] rgb = new int[pixels.length];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (int) Math.max(0, Math.min(255, pixels[i] + 0.5f)) * 0x010101;
    }
    return new RGBLuminanceSource(width, height, rgb);
  }
}
