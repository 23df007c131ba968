// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.bridge;

import java.lang.ref.Cleaner;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets calls use a native object until it is closed, and frees it after the last of them.
 *
 * <p>One atomic integer holds both the number of running calls and whether the object is closed, so
 * that no call can begin between the two checks. A call never waits; only {@link #close} does,
 * which is why it must not run inside a call of its own thread.
 */
public final class UseGuard {
  /** The sign bit; the bits below count the calls inside. */
  private static final int CLOSED = Integer.MIN_VALUE;

  private final AtomicInteger state = new AtomicInteger();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition drained = lock.newCondition();
  private final String type;
  private final String name;
  private boolean freed;

  /** Guards the object of this type and name, which messages quote. */
  public UseGuard(String type, String name) {
    this.type = type;
    this.name = name;
  }

  /**
   * Begins a call, which {@link #release()} ends.
   *
   * @throws IllegalStateException if the object is closed
   */
  public void acquire() {
    int now;
    do {
      now = state.get();
      if (now < 0) {
        throw new IllegalStateException(
            type + " is closed: '" + name + "' was ended by close(); load it again to use it.");
      }
    } while (!state.compareAndSet(now, now + 1));
  }

  public void release() {
    if (state.decrementAndGet() == CLOSED) {
      lock.lock();
      try {
        drained.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  public boolean isClosed() {
    return state.get() < 0;
  }

  /**
   * Prevents further calls, waits until the running ones have ended, and frees the object.
   * Concurrent and later calls of this method return after that, too. An interrupt does not end the
   * wait; the interrupt status is kept.
   */
  public void close(Cleaner.Cleanable thing) {
    int now;
    do {
      now = state.get();
    } while (now >= 0 && !state.compareAndSet(now, now | CLOSED));
    lock.lock();
    try {
      while (state.get() != CLOSED) {
        drained.awaitUninterruptibly();
      }
      if (!freed) {
        freed = true;
        thing.clean();
      }
    } finally {
      lock.unlock();
    }
  }
}
