// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import java.util.concurrent.ConcurrentLinkedQueue;

/** Buffers of finished calls, kept for the next ones; as many as calls ever ran at once. */
final class BufferPool {
  /** Larger ones are left to the garbage collector: they serve unusual calls. */
  static final int KEPT_BYTES = 4 << 20;

  private final ConcurrentLinkedQueue<CallBuffers> free = new ConcurrentLinkedQueue<>();

  CallBuffers take() {
    CallBuffers buffers = free.poll();
    return buffers == null ? new CallBuffers() : buffers;
  }

  void give(CallBuffers buffers) {
    if (buffers.capacity() <= KEPT_BYTES) {
      free.offer(buffers);
    }
  }
}
