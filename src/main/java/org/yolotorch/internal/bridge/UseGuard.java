// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.bridge;

import java.lang.ref.Cleaner;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets calls use something native until it is closed, and frees it when the last of them has ended.
 *
 * <p>One word holds both facts, the number of running calls and whether the thing is closed, so
 * that no call can begin between the look at one and the look at the other. A call never waits;
 * only {@link #close} does, which is why it must not run inside a call of its own thread.
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

  /** Guards the thing of this type that users know by this name. */
  public UseGuard(String type, String name) {
    this.type = type;
    this.name = name;
  }

  /**
   * Begins a call, which {@link #release()} ends.
   *
   * @throws IllegalStateException if the thing is closed
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
   * Lets no further call begin, waits until those inside have ended, and frees the thing; whoever
   * closes it once more, at the same time or later, returns after that, too. An interrupt does not
   * end the wait: it is still there afterwards.
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
