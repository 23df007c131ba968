// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.yolotorch.internal.Checks;
import org.yolotorch.internal.image.PolygonMask;

/**
 * The pixels of one object. Immutable and thread-safe.
 *
 * <p>A mask covers a frame, which is the picture or, if {@link PredictOptions#maskFrame()} asked
 * for it, the network's input. Only the part of the frame that holds the object is stored, one bit
 * per pixel; everywhere else the mask is empty. The outline is always in pixels of the picture.
 */
public final class Mask {
  private final PixelRect part;
  private final byte[] bits;
  private final float[] outline;
  private final Size frame;
  private final Size image;

  /**
   * A size in pixels.
   *
   * @param width columns
   * @param height rows
   */
  public record Size(int width, int height) {}

  private Mask(PixelRect part, byte[] bits, float[] outline, Size frame, Size image) {
    this.part = part;
    this.bits = bits;
    this.outline = outline;
    this.frame = frame;
    this.image = image;
  }

  /**
   * A mask of these pixels.
   *
   * @param part the part of the frame that holds the object
   * @param bits a bit per pixel of the part: rows of (width + 7) / 8 bytes, the lowest bit first;
   *     copied
   * @param outline x and y of each point of the outline, in pixels of the picture; copied
   * @param frame size of the frame
   * @param image size of the picture
   * @throws YoloException.InvalidArgument if {@code bits} has another length than the part needs
   */
  public static Mask of(PixelRect part, byte[] bits, float[] outline, Size frame, Size image) {
    Checks.given("part", part);
    Checks.given("bits", bits);
    Checks.given("outline", outline);
    Checks.given("frame", frame);
    Checks.given("image", image);
    int bytes = (part.width() + 7) / 8 * part.height();
    if (bits.length != bytes) {
      throw new YoloException.InvalidArgument(
          "A mask of "
              + part
              + " needs "
              + bytes
              + " bytes of bits, but there are "
              + bits.length
              + "; pad each row to whole bytes.");
    }
    return new Mask(part, bits.clone(), outline.clone(), frame, image);
  }

  /**
   * A mask of the pixels inside of an outline, such as for a test; the frame is the picture.
   *
   * @param outline points in pixels of the picture, at least one; outside of it they are clipped
   * @param width columns of the picture
   * @param height rows of the picture
   * @throws YoloException.InvalidArgument if there is no point, or no picture is as large
   */
  public static Mask ofPolygon(List<Xy> outline, int width, int height) {
    return PolygonMask.of(Checks.all("outline", outline), width, height);
  }

  /**
   * The same pixels in a larger picture, in which the present one begins at this place.
   *
   * @param x column of the larger picture that the first one of the present picture becomes
   * @param y row of the larger picture that the first one of the present picture becomes
   * @param larger size of the larger picture, which becomes the frame as well
   */
  public Mask moved(int x, int y, Size larger) {
    Checks.given("larger", larger);
    float[] points = new float[outline.length];
    for (int i = 0; i < points.length; i++) {
      points[i] = outline[i] + (i % 2 == 0 ? x : y);
    }
    PixelRect moved = new PixelRect(part.left() + x, part.top() + y, part.width(), part.height());
    return new Mask(moved, bits, points, larger, larger);
  }

  /** First column of the part of the frame that holds the object, from 0. */
  public int left() {
    return part.left();
  }

  /** First row of the part of the frame that holds the object, from 0. */
  public int top() {
    return part.top();
  }

  /** Columns of the part of the frame that holds the object. */
  public int width() {
    return part.width();
  }

  /** Rows of the part of the frame that holds the object. */
  public int height() {
    return part.height();
  }

  /** Columns of the frame. */
  public int frameWidth() {
    return frame.width();
  }

  /** Rows of the frame. */
  public int frameHeight() {
    return frame.height();
  }

  /** Whether a pixel of the frame belongs to the object; false for positions outside the frame. */
  public boolean get(int x, int y) {
    int column = x - part.left();
    int row = y - part.top();
    if (column < 0 || row < 0 || column >= part.width() || row >= part.height()) {
      return false;
    }
    return (bits[row * ((part.width() + 7) >> 3) + (column >> 3)] >> (column & 7) & 1) != 0;
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
    BufferedImage bitmap =
        new BufferedImage(frame.width(), frame.height(), BufferedImage.TYPE_BYTE_BINARY);
    byte[] pixels = ((DataBufferByte) bitmap.getRaster().getDataBuffer()).getData();
    int rowBytes = (frame.width() + 7) >> 3;
    for (int y = part.top(); y < part.top() + part.height(); y++) {
      for (int x = part.left(); x < part.left() + part.width(); x++) {
        if (get(x, y)) {
          pixels[y * rowBytes + (x >> 3)] |= (byte) (0x80 >> (x & 7));
        }
      }
    }
    return bitmap;
  }

  /**
   * The outline in pixels of the picture. Separate parts of the object are joined at their closest
   * points; holes are not part of it.
   */
  public List<Xy> polygon() {
    return outline(1, 1);
  }

  /** The {@link #polygon()}, normalised: each 0 to 1. */
  public List<Xy> polygonn() {
    return outline(image.width(), image.height());
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
        && part.equals(mask.part)
        && frame.equals(mask.frame)
        && image.equals(mask.image)
        && Arrays.equals(bits, mask.bits)
        && Arrays.equals(outline, mask.outline);
  }

  @Override
  public int hashCode() {
    return Objects.hash(part, frame, image) * 31 + Arrays.hashCode(bits);
  }

  @Override
  public String toString() {
    return "Mask[" + part + ", area " + area() + "]";
  }
}
