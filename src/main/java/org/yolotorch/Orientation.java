// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.metadata.Directory;
import com.drew.metadata.exif.ExifDirectoryBase;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** The EXIF orientation of a picture: 1 is upright, 2 to 8 are the mirrored and turned ones. */
final class Orientation {
  /** Cameras write EXIF data at the front; a look this deep spares the parser most pictures. */
  private static final int SEARCHED_BYTES = 256 << 10;

  private Orientation() {}

  /** The orientation of an encoded picture, 1 if it names none or a wrong one. */
  static int of(byte[] bytes) {
    if (!mayHaveExif(bytes)) {
      return 1;
    }
    try {
      for (Directory directory :
          ImageMetadataReader.readMetadata(new ByteArrayInputStream(bytes), bytes.length)
              .getDirectories()) {
        // The main picture's directory comes first; a thumbnail may carry another orientation.
        if (directory instanceof ExifDirectoryBase
            && directory.containsTag(ExifDirectoryBase.TAG_ORIENTATION)) {
          Integer value = directory.getInteger(ExifDirectoryBase.TAG_ORIENTATION);
          return value != null && value >= 1 && value <= 8 ? value : 1;
        }
      }
    } catch (ImageProcessingException | IOException | RuntimeException e) {
      // Broken metadata does not make a picture unusable: every viewer shows it as stored.
      System.getLogger("org.yolotorch").log(System.Logger.Level.DEBUG, "unreadable EXIF data", e);
    }
    return 1;
  }

  private static boolean mayHaveExif(byte[] bytes) {
    if (bytes[0] == 'I' && bytes[1 % bytes.length] == 'I'
        || bytes[0] == 'M' && bytes[1 % bytes.length] == 'M') {
      return true;
    }
    int end = Math.min(bytes.length, SEARCHED_BYTES) - 3;
    for (int i = 0; i < end; i++) {
      // "Exif" in JPEG, "eXIf" in PNG.
      if ((bytes[i] == 'E' && bytes[i + 1] == 'x' || bytes[i] == 'e' && bytes[i + 1] == 'X')
          && (bytes[i + 2] | 0x20) == 'i'
          && bytes[i + 3] == 'f') {
        return true;
      }
    }
    return false;
  }

  /** Whether applying this orientation swaps width and height. */
  static boolean swapsSides(int orientation) {
    return orientation >= 5;
  }

  /** Turns 3-byte pixels of a stored picture upright. */
  static byte[] apply(int orientation, byte[] pixels, int width, int height) {
    byte[] upright = new byte[pixels.length];
    int newWidth = swapsSides(orientation) ? height : width;
    int from = 0;
    for (int y = 0; y < height; y++) {
      int downY = height - 1 - y;
      for (int x = 0; x < width; x++) {
        int downX = width - 1 - x;
        int place =
            switch (orientation) {
              case 2 -> y * newWidth + downX;
              case 3 -> downY * newWidth + downX;
              case 4 -> downY * newWidth + x;
              case 5 -> x * newWidth + y;
              case 6 -> x * newWidth + downY;
              case 7 -> downX * newWidth + downY;
              case 8 -> downX * newWidth + y;
              default -> y * newWidth + x;
            };
        upright[place * 3] = pixels[from++];
        upright[place * 3 + 1] = pixels[from++];
        upright[place * 3 + 2] = pixels[from++];
      }
    }
    return upright;
  }
}
