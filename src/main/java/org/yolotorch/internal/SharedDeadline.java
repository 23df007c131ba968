// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The end of a call that is made for several callers: it comes when the last of them has left. One
 * of them is the thread that makes the call; an interrupt of it takes away that caller alone.
 * Thread-safe.
 */
public final class SharedDeadline extends Deadline {
  private final AtomicInteger callers;
  private final AtomicBoolean threadLeft = new AtomicBoolean();
  private final AtomicReference<Runnable> atEnd = new AtomicReference<>();

  /** For so many callers, the thread that makes the call among them. */
  public SharedDeadline(int callers) {
    super(null, SYSTEM);
    this.callers = new AtomicInteger(callers);
  }

  /** One of the other callers leaves; to be called once by each. */
  public void leave() {
    if (callers.decrementAndGet() == 0) {
      Runnable action = atEnd.get();
      if (action != null) {
        action.run();
      }
    }
  }

  /** The caller on the thread that makes the call leaves; a second time has no effect. */
  public void leaveThread() {
    if (threadLeft.compareAndSet(false, true)) {
      leave();
    }
  }

  /** Whether the caller on the thread that makes the call has left. */
  public boolean hasThreadLeft() {
    return threadLeft.get();
  }

  @Override
  public boolean isOver() {
    return callers.get() == 0;
  }

  @Override
  public boolean interrupted() {
    leaveThread();
    return false;
  }

  @Override
  public void check() {
    if (isOver()) {
      throw cancelled();
    }
  }

  @Override
  public Runnable atEnd(Runnable action) {
    atEnd.set(action);
    // The last one may have left before.
    if (isOver()) {
      action.run();
    }
    return () -> atEnd.set(null);
  }
}
