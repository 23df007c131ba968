// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.source;

import java.io.IOException;
import java.io.InputStream;
import org.yolotorch.YoloException;

/** One picture or video from a stream. */
final class StandardInput {
  static final int MAX_BYTES = 1 << 30;

  private StandardInput() {}

  static byte[] read(InputStream stream) {
    try {
      byte[] bytes = stream.readNBytes(MAX_BYTES + 1);
      if (bytes.length == 0) {
        throw new YoloException.InvalidImage(
            "A picture or video was expected on standard input, but nothing came; write it like"
                + " 'cat bus.jpg | yolo predict source=-'.");
      }
      if (bytes.length > MAX_BYTES) {
        throw new YoloException.InvalidImage(
            "At most 1 GiB was expected on standard input, but more came; name the file instead.");
      }
      return bytes;
    } catch (IOException e) {
      throw new YoloException.InvalidImage(
          "A picture or video was expected on standard input, but reading it failed ("
              + e.getMessage()
              + "); name the file instead.",
          e);
    }
  }
}
