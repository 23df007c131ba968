// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.image;

import java.io.IOException;
import java.util.Objects;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * An encoded picture as ImageIO reads it: without a copy, with a length that decoders can check
 * their headers against, and only as long as there is time.
 */
public final class EncodedInput extends ImageInputStreamImpl {
  /** Bytes between two checks of the time limit. */
  private static final int BYTES_A_LOOK = 4096;

  private final byte[] bytes;
  private final int length;
  private final TimeLimit time;
  private int untilLook = BYTES_A_LOOK;

  /** Reads the first {@code length} of the bytes. */
  public EncodedInput(byte[] bytes, int length, TimeLimit time) {
    this.bytes = bytes;
    this.length = length;
    this.time = time;
  }

  @Override
  public int read() throws IOException {
    checkClosed();
    bitOffset = 0;
    if (streamPos >= length) {
      return -1;
    }
    if (--untilLook <= 0) {
      untilLook = BYTES_A_LOOK;
      time.check();
    }
    return bytes[(int) streamPos++] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int count) throws IOException {
    Objects.checkFromIndexSize(offset, count, target.length);
    checkClosed();
    bitOffset = 0;
    if (count == 0) {
      return 0;
    }
    if (streamPos >= length) {
      return -1;
    }
    time.check();
    int given = (int) Math.min(count, length - streamPos);
    System.arraycopy(bytes, (int) streamPos, target, offset, given);
    streamPos += given;
    return given;
  }

  @Override
  public long length() {
    return length;
  }
}
