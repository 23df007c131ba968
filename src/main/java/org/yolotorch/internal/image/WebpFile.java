// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The chunks of a WebP file. */
public final class WebpFile {
  private static final int HEADER_BYTES = 12;
  private static final int CHUNK_HEADER_BYTES = 8;
  private static final String EXIF = "Exif\0\0";

  private WebpFile() {}

  public static boolean isWebp(byte[] bytes) {
    return startsWith(bytes, 0, "RIFF") && startsWith(bytes, 8, "WEBP");
  }

  /** The EXIF orientation. */
  public static int orientation(byte[] bytes) {
    ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long at = HEADER_BYTES;
    while (at + CHUNK_HEADER_BYTES <= bytes.length) {
      int start = (int) at;
      long size = Integer.toUnsignedLong(file.getInt(start + 4));
      int content = start + CHUNK_HEADER_BYTES;
      if (startsWith(bytes, start, "EXIF")) {
        // Some writers put the name that JPEG has in front.
        int from = startsWith(bytes, content, EXIF) ? content + EXIF.length() : content;
        int end = (int) Math.min(bytes.length, content + size);
        return from < end ? Orientation.of(bytes, from, end) : 1;
      }
      at = content + size + (size & 1);
    }
    return 1;
  }

  private static boolean startsWith(byte[] bytes, int at, String text) {
    for (int i = 0; i < text.length(); i++) {
      if (at + i >= bytes.length || bytes[at + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
