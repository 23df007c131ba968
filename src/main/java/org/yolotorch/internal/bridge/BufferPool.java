// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.bridge;

import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Pool of the buffers of finished calls; holds as many as the maximum number of concurrent calls.
 */
public final class BufferPool {
  /** Larger buffers are not pooled: they belong to unusual calls. */
  public static final int KEPT_BYTES = 4 << 20;

  private final ConcurrentLinkedQueue<CallBuffers> free = new ConcurrentLinkedQueue<>();

  public CallBuffers take() {
    CallBuffers buffers = free.poll();
    return buffers == null ? new CallBuffers() : buffers;
  }

  public void give(CallBuffers buffers) {
    if (buffers.capacity() <= KEPT_BYTES) {
      free.offer(buffers);
    }
  }
}
