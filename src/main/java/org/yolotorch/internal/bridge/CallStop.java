// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.bridge;

import java.io.IOException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.spi.AbstractInterruptibleChannel;
import org.yolotorch.internal.Deadline;
import org.yolotorch.internal.Natives;

/**
 * Ends one native call when its thread is interrupted or its time is over. A channel, because those
 * are told of an interrupt while their thread is in native code.
 */
final class CallStop extends AbstractInterruptibleChannel implements Runnable {
  private final CallBuffers buffers;
  private final Deadline deadline;
  private boolean inside;
  private boolean interrupted;
  private Runnable forget;

  /** Of a call with these buffers, which hold the number that ends it. */
  CallStop(CallBuffers buffers, Deadline deadline) {
    this.buffers = buffers;
    this.deadline = deadline;
  }

  /** The call begins. */
  void enter() {
    buffers.clearStop();
    synchronized (this) {
      inside = true;
    }
    forget = deadline.atEnd(this);
    begin();
  }

  /** The call has ended. */
  void leave() {
    synchronized (this) {
      // From now on the buffers may be those of another call.
      inside = false;
    }
    try {
      end(true);
    } catch (AsynchronousCloseException e) {
      // The thread is interrupted, and stays so.
    }
    if (forget != null) {
      forget.run();
    }
  }

  /** The time is over. */
  @Override
  public void run() {
    ask(false);
  }

  private synchronized void ask(boolean byInterrupt) {
    if (inside) {
      interrupted |= byInterrupt;
      Natives.askToStop(buffers.stop());
    }
  }

  /** Why the call was ended. */
  synchronized RuntimeException reason() {
    return interrupted ? Deadline.cancelled() : deadline.timeout();
  }

  /** Called by the thread that interrupts. */
  @Override
  protected void implCloseChannel() throws IOException {
    if (deadline.interrupted()) {
      ask(true);
    }
  }
}
