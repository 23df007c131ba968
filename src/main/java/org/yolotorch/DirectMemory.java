// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Memory outside Java's heap, which native code reads and writes. */
final class DirectMemory {
  private DirectMemory() {}

  /**
   * A buffer in the machine's byte order.
   *
   * @param what what is to be in it, as a message begins
   * @throws YoloException.OutOfMemory if Java may not use so much
   */
  static ByteBuffer allocate(int bytes, String what) {
    try {
      return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    } catch (OutOfMemoryError e) {
      throw new YoloException.OutOfMemory(
          what
              + " must fit into Java's direct memory, but "
              + mebibytes(bytes)
              + " MiB more do not; start Java with a larger -XX:MaxDirectMemorySize or keep fewer"
              + " pictures at a time.",
          e);
    }
  }

  static long mebibytes(long bytes) {
    return (bytes + (1 << 20) - 1) >> 20;
  }
}
