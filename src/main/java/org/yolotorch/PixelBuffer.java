// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.nio.ByteBuffer;
import org.yolotorch.internal.DirectMemory;

/**
 * The memory of a picture.
 *
 * @param pixels direct; the first pixel at position 0
 * @param samples values per pixel
 * @param rowBytes from one row to the next
 */
record PixelBuffer(
    ByteBuffer pixels, int width, int height, PixelFormat format, int samples, int rowBytes) {

  /** Wraps a direct buffer and copies any other, from its position on. */
  static PixelBuffer of(
      ByteBuffer pixels, int width, int height, PixelFormat format, int samples, int rowBytes) {
    long used = (long) width * samples;
    if (rowBytes < used) {
      throw new YoloException.InvalidArgument(
          "rowBytes must be at least " + used + ", but was " + rowBytes + "; give the row length.");
    }
    long needed = (long) rowBytes * (height - 1) + used;
    if (pixels.remaining() < needed) {
      throw new YoloException.InvalidArgument(
          "The pixel buffer must hold "
              + needed
              + " bytes from its position on, but holds "
              + pixels.remaining()
              + "; check width, height and format.");
    }
    ByteBuffer own = pixels.slice();
    if (!pixels.isDirect()) {
      own = DirectMemory.allocate((int) needed, "The picture");
      own.put(0, pixels, pixels.position(), (int) needed);
    }
    return new PixelBuffer(own, width, height, format, samples, rowBytes);
  }

  /** A copy without gaps between the rows. */
  PixelBuffer copy() {
    int used = width * samples;
    ByteBuffer own = DirectMemory.allocate(used * height, "The picture");
    for (int y = 0; y < height; y++) {
      own.put(y * used, pixels, y * rowBytes, used);
    }
    return new PixelBuffer(own, width, height, format, samples, used);
  }

  /** A part on the same memory. */
  PixelBuffer part(PixelRect part) {
    if (part.left() < 0
        || part.top() < 0
        || part.width() < 1
        || part.height() < 1
        || part.width() > width - part.left()
        || part.height() > height - part.top()) {
      throw new YoloException.InvalidArgument(
          "A part must lie inside of the picture of "
              + width
              + "x"
              + height
              + " pixels (width x height), but was "
              + part
              + "; clip it to the picture.");
    }
    int start = part.top() * rowBytes + part.left() * samples;
    ByteBuffer rest = pixels.duplicate().position(start).slice();
    return new PixelBuffer(rest, part.width(), part.height(), format, samples, rowBytes);
  }

  /** A copy in colours: of many channels the first three, of two the first as grey. */
  BufferedImage toBufferedImage() {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    byte[] bgr = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    if (format == PixelFormat.BGR && rowBytes == width * 3) {
      pixels.get(0, bgr);
      return image;
    }
    byte[] row = new byte[width * samples];
    PixelFormat.Offsets offsets = samples < 3 ? PixelFormat.GRAY.offsets() : format.offsets();
    int to = 0;
    for (int y = 0; y < height; y++) {
      pixels.get(y * rowBytes, row);
      for (int from = 0; from < row.length; from += samples) {
        bgr[to++] = row[from + offsets.blue()];
        bgr[to++] = row[from + offsets.green()];
        bgr[to++] = row[from + offsets.red()];
      }
    }
    return image;
  }
}
