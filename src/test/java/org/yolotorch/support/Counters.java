// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.support;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.yolotorch.internal.Natives;

/** What tests of other packages may know of the native side. */
public final class Counters {
  private static final List<ByteBuffer> LOST = new ArrayList<>();

  private Counters() {}

  /** Native models that are open. */
  public static long openModels() {
    return Natives.openModels();
  }

  /** Native bytes that were allocated and not freed. */
  public static long bytesInUse() {
    return Natives.bytesInUse();
  }

  /** Loses so many native bytes, as a leak would. */
  public static synchronized void lose(int bytes) {
    if (bytes == 0) {
      return;
    }
    ByteBuffer buffer = ByteBuffer.allocateDirect(bytes);
    for (int i = 0; i < bytes; i += 64) {
      buffer.put(i, (byte) 1);
    }
    LOST.add(buffer);
  }
}
