// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import java.util.Iterator;
import java.util.OptionalInt;

/**
 * Pictures to predict, one after the other, and the frames of videos. They are decoded when asked
 * for, so a folder of any size takes the memory of one; {@link ReadAhead} decodes on a thread of
 * its own. One thread may iterate at a time; whoever opens a source closes it, and every later call
 * but {@link #close()} throws {@link IllegalStateException}. Frames taken before stay readable
 * where they are files.
 */
public interface Source extends Iterable<Frame>, AutoCloseable {
  /** Number of frames; empty if only the end will tell. */
  OptionalInt size();

  /** Number of files and addresses, 0 if it is not known. */
  default int items() {
    return size().orElse(0);
  }

  /** The frames, in order. What cannot be opened is one frame whose {@code read()} says why. */
  @Override
  Iterator<Frame> iterator();

  /** Frees what the source holds open; a second call does nothing. */
  @Override
  void close();
}
