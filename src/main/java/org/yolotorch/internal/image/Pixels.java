// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.image;

import java.awt.Transparency;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferInt;
import java.awt.image.IndexColorModel;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.awt.image.SampleModel;
import java.awt.image.SinglePixelPackedSampleModel;

/**
 * Any {@link BufferedImage} to tightly packed BGR bytes.
 *
 * <p>Samples are taken as they are stored. Java's own conversions would apply colour spaces (a grey
 * 128 becomes 188), which no other image library does here.
 */
public final class Pixels {
  private Pixels() {}

  /** The pixels of an image. The array may be that of the image itself and must not be changed. */
  public static byte[] bgr(BufferedImage image, TimeLimit time) {
    ColorModel colors = image.getColorModel();
    Raster raster = image.getRaster();
    int type = image.getType();
    if (type == BufferedImage.TYPE_3BYTE_BGR && isWhole(raster)) {
      return ((DataBufferByte) raster.getDataBuffer()).getData();
    }
    if (type == BufferedImage.TYPE_INT_RGB || type == BufferedImage.TYPE_INT_ARGB) {
      return fromInts(raster);
    }
    if (colors instanceof IndexColorModel palette) {
      return fromPalette(raster, palette);
    }
    if (colors instanceof ComponentColorModel
        && colors.getColorSpace().getNumComponents() != 4
        && !(colors.getTransparency() != Transparency.OPAQUE && colors.isAlphaPremultiplied())
        && (raster.getTransferType() == DataBuffer.TYPE_BYTE
            || raster.getTransferType() == DataBuffer.TYPE_USHORT)) {
      return fromSamples(raster);
    }
    return fromColors(image, time);
  }

  private static boolean isWhole(Raster raster) {
    SampleModel model = raster.getSampleModel();
    return model instanceof PixelInterleavedSampleModel interleaved
        && interleaved.getScanlineStride() == raster.getWidth() * 3
        && raster.getDataBuffer().getSize() == raster.getWidth() * 3 * raster.getHeight()
        && raster.getDataBuffer().getOffset() == 0;
  }

  private static byte[] fromInts(Raster raster) {
    int width = raster.getWidth();
    int height = raster.getHeight();
    DataBufferInt buffer = (DataBufferInt) raster.getDataBuffer();
    SinglePixelPackedSampleModel model = (SinglePixelPackedSampleModel) raster.getSampleModel();
    int start =
        buffer.getOffset()
            + model.getOffset(
                -raster.getSampleModelTranslateX(), -raster.getSampleModelTranslateY());
    int[] ints = buffer.getData();
    byte[] bgr = new byte[width * height * 3];
    int to = 0;
    for (int y = 0; y < height; y++) {
      int from = start + y * model.getScanlineStride();
      for (int x = 0; x < width; x++) {
        to = put(bgr, to, ints[from + x]);
      }
    }
    return bgr;
  }

  private static byte[] fromPalette(Raster raster, IndexColorModel palette) {
    int width = raster.getWidth();
    int[] row = new int[width];
    byte[] bgr = new byte[width * raster.getHeight() * 3];
    int[] colors = new int[palette.getMapSize()];
    palette.getRGBs(colors);
    int to = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getSamples(raster.getMinX(), raster.getMinY() + y, width, 1, 0, row);
      for (int x = 0; x < width; x++) {
        to = put(bgr, to, row[x] < colors.length ? colors[row[x]] : 0);
      }
    }
    return bgr;
  }

  /** Bands are red, green, blue, or grey, each maybe with alpha behind. */
  private static byte[] fromSamples(Raster raster) {
    int width = raster.getWidth();
    int bands = raster.getNumBands();
    int red = 0;
    int green = bands < 3 ? 0 : 1;
    int blue = bands < 3 ? 0 : 2;
    int[] bits = raster.getSampleModel().getSampleSize();
    int[] row = new int[width * bands];
    byte[] bgr = new byte[width * raster.getHeight() * 3];
    int to = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      for (int from = 0; from < row.length; from += bands) {
        bgr[to++] = upperByte(row[from + blue], bits[blue]);
        bgr[to++] = upperByte(row[from + green], bits[green]);
        bgr[to++] = upperByte(row[from + red], bits[red]);
      }
    }
    return bgr;
  }

  private static byte upperByte(int sample, int bits) {
    return (byte) (bits > 8 ? sample >> (bits - 8) : sample);
  }

  /** Everything rare (packed 5-6-5, floating point, CIELab): Java's slow conversion to sRGB. */
  private static byte[] fromColors(BufferedImage image, TimeLimit time) {
    int width = image.getWidth();
    int[] row = new int[width];
    byte[] bgr = new byte[width * image.getHeight() * 3];
    int to = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      time.check();
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int x = 0; x < width; x++) {
        to = put(bgr, to, row[x]);
      }
    }
    return bgr;
  }

  private static int put(byte[] bgr, int to, int rgb) {
    bgr[to] = (byte) rgb;
    bgr[to + 1] = (byte) (rgb >> 8);
    bgr[to + 2] = (byte) (rgb >> 16);
    return to + 3;
  }
}
