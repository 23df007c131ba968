// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.image;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The chunks of a PNG file.
 *
 * <p>Purpose: to hand ImageIO nothing but the chunks that make pixels. Texts and profiles are
 * compressed, and a small one can ask for gigabytes.
 */
public final class PngFile {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

  /** Length and type before a chunk's data, its checksum behind. */
  private static final int FRAME_BYTES = 12;

  private static final int HEADER_BYTES = 13;
  private static final int IDAT = type("IDAT");
  private static final int TRNS = type("tRNS");
  private static final int EXIF = type("eXIf");

  private final byte[] bytes;
  private int length = SIGNATURE.length;
  private int orientation = 1;

  private PngFile(byte[] bytes) {
    this.bytes = bytes;
  }

  public static boolean isPng(byte[] bytes) {
    return ByteBuffer.wrap(bytes, 0, Math.min(bytes.length, SIGNATURE.length))
        .equals(ByteBuffer.wrap(SIGNATURE));
  }

  /** Moves the chunks that make pixels to the front of {@code bytes}, which it changes. */
  public static PngFile compact(byte[] bytes) {
    PngFile file = new PngFile(bytes);
    file.compact();
    return file;
  }

  /** How many of the bytes are left. */
  public int length() {
    return length;
  }

  /** Whether the file is long enough for the header, which comes first. */
  public boolean hasHeader() {
    return length >= SIGNATURE.length + FRAME_BYTES + HEADER_BYTES;
  }

  public int width() {
    return ByteBuffer.wrap(bytes).getInt(16);
  }

  public int height() {
    return ByteBuffer.wrap(bytes).getInt(20);
  }

  /** The EXIF orientation. */
  public int orientation() {
    return orientation;
  }

  private void compact() {
    ByteBuffer chunks = ByteBuffer.wrap(bytes);
    int position = length;
    while (position <= bytes.length - FRAME_BYTES) {
      int size = chunks.getInt(position);
      int type = chunks.getInt(position + 4);
      boolean whole = size >= 0 && size <= bytes.length - FRAME_BYTES - position;
      if (!whole && type != IDAT) {
        return;
      }
      // Of pixels that end early the decoder shall tell itself.
      int end = whole ? position + FRAME_BYTES + size : bytes.length;
      if (type == EXIF && orientation == 1) {
        orientation = Orientation.of(bytes, position + 8, end);
      }
      if (isCritical(type) || type == TRNS) {
        System.arraycopy(bytes, position, bytes, length, end - position);
        length += end - position;
      }
      position = end;
    }
  }

  /** Whether the first letter of the type is a capital. */
  private static boolean isCritical(int type) {
    return (type >> 24 & 0x20) == 0;
  }

  private static int type(String name) {
    return ByteBuffer.wrap(name.getBytes(StandardCharsets.US_ASCII)).getInt();
  }
}
