// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.source;

import java.util.Iterator;
import java.util.OptionalInt;

/**
 * Pictures to predict, one after the other. Pictures are decoded when asked for, so a folder of any
 * size takes the memory of one. One thread may iterate at a time; whoever opens a source closes it,
 * and every later call but {@link #close()} throws {@link IllegalStateException}. Frames taken
 * before stay readable where they are files.
 */
public interface Source extends Iterable<Frame>, AutoCloseable {
  /** Number of pictures; empty if only the end will tell. */
  OptionalInt size();

  /** The pictures, in order. */
  @Override
  Iterator<Frame> iterator();

  /** Frees what the source holds open; a second call does nothing. */
  @Override
  void close();
}
