// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/**
 * The segments of a JPEG file before its first scan.
 *
 * <p>Purpose: to hand ImageIO bytes it decodes to the very samples every other libjpeg user gets.
 * Left alone it converts pictures with an embedded colour profile, and takes pictures without any
 * application marker for RGB when their components are equally sampled.
 */
public final class JpegFile {
  private static final int SOF0 = 0xC0;
  private static final int SOF15 = 0xCF;
  private static final int DHT = 0xC4;
  private static final int JPG = 0xC8;
  private static final int DAC = 0xCC;
  private static final int SOS = 0xDA;
  private static final int APP0 = 0xE0;
  private static final int APP1 = 0xE1;
  private static final int APP2 = 0xE2;
  private static final int APP14 = 0xEE;

  /** Marker, length, name, version, two flags, transform. */
  private static final int ADOBE_BYTES = 16;

  private static final String EXIF = "Exif\0\0";
  private static final byte[] JFIF = {
    (byte) 0xFF, (byte) APP0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0
  };

  private final byte[] bytes;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private int components;

  /** Of Adobe's marker, or -1: 0 inks, 1 YCC, 2 YCC of the inks with black beside. */
  private int transform = -1;

  private boolean namesRgb;
  private boolean hasMarker;
  private int orientation = 1;
  private int position = 2;

  private JpegFile(byte[] bytes) {
    this.bytes = bytes;
  }

  public static boolean isJpeg(byte[] bytes) {
    return bytes.length > 3
        && bytes[0] == (byte) 0xFF
        && bytes[1] == (byte) 0xD8
        && bytes[2] == (byte) 0xFF;
  }

  /** Reads the segments of {@code bytes}; a damaged file is left for the decoder to refuse. */
  public static JpegFile scan(byte[] bytes) {
    JpegFile file = new JpegFile(bytes);
    file.scan();
    return file;
  }

  /** Colour components of the frame, 0 if the file has no frame header. */
  public int components() {
    return components;
  }

  /** Whether four components are luminance, two chrominances and black. */
  public boolean isYcck() {
    return transform == 2;
  }

  /** Whether inks are stored as the light they let through, as Adobe's programs do. */
  public boolean isInverted() {
    return transform >= 0;
  }

  /** The EXIF orientation. */
  public int orientation() {
    return orientation;
  }

  /** The file without colour profiles, and with a JFIF marker if nothing else tells its colours. */
  public byte[] plainBytes() {
    byte[] head = kept.toByteArray();
    byte[] jfif = !hasMarker && !namesRgb && components == 3 ? JFIF : new byte[0];
    int rest = bytes.length - position;
    return ByteBuffer.allocate(2 + jfif.length + head.length + rest)
        .put(bytes, 0, 2)
        .put(jfif)
        .put(head)
        .put(bytes, position, rest)
        .array();
  }

  private void scan() {
    while (position + 4 <= bytes.length && at(position) == 0xFF) {
      int marker = at(position + 1);
      if (marker == 0xFF) {
        position++;
        continue;
      }
      int end = position + 2 + (at(position + 2) << 8 | at(position + 3));
      if (marker == SOS || end > bytes.length) {
        return;
      }
      if (marker >= SOF0 && marker <= SOF15 && marker != DHT && marker != JPG && marker != DAC) {
        readFrame(position, end);
      }
      if (marker == APP0 && startsWith("JFIF") || marker == APP14 && startsWith("Adobe")) {
        hasMarker = true;
      }
      if (marker == APP14 && startsWith("Adobe") && end - position >= ADOBE_BYTES) {
        transform = at(position + ADOBE_BYTES - 1);
      }
      if (marker == APP1 && startsWith(EXIF) && orientation == 1) {
        orientation = Orientation.of(bytes, position + 4 + EXIF.length(), end);
      }
      if (marker != APP2 || !startsWith("ICC_PROFILE")) {
        kept.write(bytes, position, end - position);
      }
      position = end;
    }
  }

  private void readFrame(int start, int end) {
    if (start + 9 < end) {
      components = at(start + 9);
      namesRgb =
          components == 3
              && start + 16 < end
              && at(start + 10) == 'R'
              && at(start + 13) == 'G'
              && at(start + 16) == 'B';
    }
  }

  private boolean startsWith(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (position + 4 + i >= bytes.length || at(position + 4 + i) != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private int at(int index) {
    return bytes[index] & 0xFF;
  }
}
