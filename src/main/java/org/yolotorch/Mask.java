// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The pixels of one object. Immutable and thread-safe.
 *
 * <p>A mask covers a frame, which is the picture or, if {@link PredictOptions#maskFrame()} asked
 * for it, the network's input. Kept is only the part of the frame that holds the object, one bit a
 * pixel; everywhere else the mask is empty. The outline is always in pixels of the picture.
 */
public final class Mask {
  private final int left;
  private final int top;
  private final int width;
  private final int height;
  private final byte[] bits;
  private final float[] outline;
  private final int frameWidth;
  private final int frameHeight;
  private final int imageWidth;
  private final int imageHeight;

  /**
   * Takes over the arrays.
   *
   * @param part left, top, width, height
   * @param bits rows of (width + 7) / 8 bytes, lowest bit first
   * @param outline x, y pairs
   * @param frame width, height
   * @param image width, height
   */
  Mask(int[] part, byte[] bits, float[] outline, int[] frame, int[] image) {
    this.left = part[0];
    this.top = part[1];
    this.width = part[2];
    this.height = part[3];
    this.bits = bits;
    this.outline = outline;
    this.frameWidth = frame[0];
    this.frameHeight = frame[1];
    this.imageWidth = image[0];
    this.imageHeight = image[1];
  }

  /** The same pixels in a larger picture, in which the present one begins at this place. */
  Mask moved(int x, int y, int newWidth, int newHeight) {
    float[] points = new float[outline.length];
    for (int i = 0; i < points.length; i++) {
      points[i] = outline[i] + (i % 2 == 0 ? x : y);
    }
    int[] size = {newWidth, newHeight};
    return new Mask(new int[] {left + x, top + y, width, height}, bits, points, size, size);
  }

  /** First column of the part of the frame that holds the object, from 0. */
  public int left() {
    return left;
  }

  /** First row of the part of the frame that holds the object, from 0. */
  public int top() {
    return top;
  }

  /** Columns of the part of the frame that holds the object. */
  public int width() {
    return width;
  }

  /** Rows of the part of the frame that holds the object. */
  public int height() {
    return height;
  }

  /** Columns of the frame. */
  public int frameWidth() {
    return frameWidth;
  }

  /** Rows of the frame. */
  public int frameHeight() {
    return frameHeight;
  }

  /** Whether a pixel of the frame belongs to the object; any position may be asked. */
  public boolean get(int x, int y) {
    int column = x - left;
    int row = y - top;
    if (column < 0 || row < 0 || column >= width || row >= height) {
      return false;
    }
    return (bits[row * ((width + 7) >> 3) + (column >> 3)] >> (column & 7) & 1) != 0;
  }

  /** Number of pixels of the frame that belong to the object. */
  public int area() {
    int area = 0;
    for (byte eight : bits) {
      area += Integer.bitCount(eight & 0xFF);
    }
    return area;
  }

  /**
   * The whole frame as a picture of {@link BufferedImage#TYPE_BYTE_BINARY}: the object is white,
   * the rest black.
   */
  public BufferedImage toBitmap() {
    BufferedImage image =
        new BufferedImage(frameWidth, frameHeight, BufferedImage.TYPE_BYTE_BINARY);
    byte[] pixels = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    int rowBytes = (frameWidth + 7) >> 3;
    for (int y = top; y < top + height; y++) {
      for (int x = left; x < left + width; x++) {
        if (get(x, y)) {
          pixels[y * rowBytes + (x >> 3)] |= (byte) (0x80 >> (x & 7));
        }
      }
    }
    return image;
  }

  /**
   * The outline in pixels of the picture; separate parts of the object are joined where they come
   * nearest, and holes are not told.
   */
  public List<Xy> polygon() {
    return outline(1, 1);
  }

  /** The {@link #polygon()}, normalised: each 0 to 1. */
  public List<Xy> polygonn() {
    return outline(imageWidth, imageHeight);
  }

  private List<Xy> outline(int perX, int perY) {
    List<Xy> points = new ArrayList<>(outline.length / 2);
    for (int i = 0; i + 1 < outline.length; i += 2) {
      points.add(new Xy(outline[i] / perX, outline[i + 1] / perY));
    }
    return List.copyOf(points);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Mask mask
        && Arrays.equals(places(), mask.places())
        && Arrays.equals(bits, mask.bits)
        && Arrays.equals(outline, mask.outline);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(places()) * 31 + Arrays.hashCode(bits);
  }

  private int[] places() {
    return new int[] {left, top, width, height, frameWidth, frameHeight, imageWidth, imageHeight};
  }

  @Override
  public String toString() {
    return "Mask[" + width + "x" + height + " at " + left + "," + top + ", area " + area() + "]";
  }
}
