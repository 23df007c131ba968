// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal;

import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicLong;
import org.yolotorch.YoloException;

/** Memory outside Java's heap, which native code reads and writes. */
public final class DirectMemory {
  /**
   * Bytes allocated between two garbage collections that this class requests. The collector sees
   * only the small object that owns a buffer, and would let gigabytes of unreachable buffers
   * accumulate. Java itself requests a collection at its limit of direct memory, too.
   */
  private static final long BYTES_A_LOOK = 256L << 20;

  private static final AtomicLong SINCE_LOOK = new AtomicLong();
  private static final AtomicLong ALIVE = new AtomicLong();

  private DirectMemory() {}

  /**
   * A buffer in the machine's byte order.
   *
   * @param what what is to be in it, as a message begins
   * @throws YoloException.OutOfMemory if Java may not use so much
   */
  public static ByteBuffer allocate(int bytes, String what) {
    look(bytes);
    try {
      ByteBuffer buffer = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
      ALIVE.addAndGet(bytes);
      CleanerHolder.CLEANER.register(buffer, new Freed(bytes));
      return buffer;
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

  private static void look(int bytes) {
    long since = SINCE_LOOK.addAndGet(bytes);
    if (since >= BYTES_A_LOOK
        && SINCE_LOOK.compareAndSet(since, 0)
        && ALIVE.get() >= BYTES_A_LOOK) {
      System.gc();
    }
  }

  private record Freed(int bytes) implements Runnable {
    @Override
    public void run() {
      ALIVE.addAndGet(-bytes);
    }
  }

  private static final class CleanerHolder {
    static final Cleaner CLEANER = Cleaner.create();
  }

  public static long mebibytes(long bytes) {
    return (bytes + (1 << 20) - 1) >> 20;
  }
}
