// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import java.util.Iterator;
import java.util.OptionalInt;

/**
 * A sequence of pictures and video frames to predict. They are decoded on demand, so a folder of
 * any size takes the memory of one picture. One thread may iterate at a time. The caller that opens
 * a source closes it; every later call but {@link #close()} throws {@link IllegalStateException}.
 * Frames taken before stay readable if they are picture files.
 */
public interface Source extends Iterable<Frame>, AutoCloseable {
  /** Number of frames; empty if it is not known before the end. */
  OptionalInt size();

  /** Number of files and addresses, 0 if it is not known. */
  default int items() {
    return size().orElse(0);
  }

  /**
   * The frames, in order. An item that cannot be opened gives one frame whose {@code read()} throws
   * the reason.
   */
  @Override
  Iterator<Frame> iterator();

  /** Closes what the source holds open; a second call has no effect. */
  @Override
  void close();
}
