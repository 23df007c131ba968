// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.support;

import java.awt.image.DataBufferByte;
import java.nio.ByteBuffer;
import org.yolotorch.Image;

/** Pixels of pictures, and JPEG files with EXIF data. */
public final class Pictures {
  private Pictures() {}

  /** The pixels as blue, green, red without gaps. */
  public static byte[] bgr(Image image) {
    return ((DataBufferByte) image.toBufferedImage().getRaster().getDataBuffer()).getData();
  }

  /** These bytes with a part put in. */
  public static byte[] insert(byte[] bytes, int at, byte[] part) {
    return ByteBuffer.allocate(bytes.length + part.length)
        .put(bytes, 0, at)
        .put(part)
        .put(bytes, at, bytes.length - at)
        .array();
  }

  /** A TIFF structure with nothing but an orientation. */
  public static byte[] exif(int orientation) {
    return ByteBuffer.allocate(26)
        .put(new byte[] {'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1})
        .putShort((short) orientation)
        .array();
  }

  /** A JPEG with EXIF data of this orientation. */
  public static byte[] jpegWithExif(byte[] jpeg, int orientation) {
    byte[] tiff = exif(orientation);
    byte[] segment =
        ByteBuffer.allocate(10 + tiff.length)
            .put(new byte[] {(byte) 0xFF, (byte) 0xE1, 0, (byte) (8 + tiff.length)})
            .put(new byte[] {'E', 'x', 'i', 'f', 0, 0})
            .put(tiff)
            .array();
    return insert(jpeg, 2, segment);
  }
}
