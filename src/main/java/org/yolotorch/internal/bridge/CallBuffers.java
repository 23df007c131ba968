// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.bridge;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import org.yolotorch.internal.DirectMemory;
import org.yolotorch.internal.Natives;

/** Direct memory of one native call: its input and its output. */
public final class CallBuffers {
  private final ByteBuffer stop = direct(Integer.BYTES);
  private final long stopAddress = Natives.addressOf(stop);
  private ByteBuffer in = direct(0);
  private ByteBuffer out = direct(0);

  /** Room for the numbers of the pictures, followed by the class ids. */
  public void resize(int longs, int ints, int outBytes) {
    int inBytes = longs * Long.BYTES + ints * Integer.BYTES;
    if (in.capacity() < inBytes) {
      in = direct(inBytes);
    }
    if (out.capacity() < outBytes) {
      out = direct(outBytes);
    }
  }

  public LongBuffer images() {
    return in.asLongBuffer();
  }

  /** The class ids, behind this many numbers of pictures. */
  public IntBuffer classes(int longs) {
    return in.slice(longs * Long.BYTES, in.capacity() - longs * Long.BYTES)
        .order(ByteOrder.nativeOrder())
        .asIntBuffer();
  }

  /** Address of the number that ends the call; see the native predict(). */
  public long stop() {
    return stopAddress;
  }

  public void clearStop() {
    stop.putInt(0, 0);
  }

  public ByteBuffer out() {
    return out;
  }

  public int capacity() {
    return in.capacity() + out.capacity();
  }

  private static ByteBuffer direct(int bytes) {
    return DirectMemory.allocate(bytes, "What goes into and comes out of a prediction");
  }
}
