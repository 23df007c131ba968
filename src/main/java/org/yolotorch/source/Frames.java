// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.source;

import org.yolotorch.Frame;

/** The frames of one item, in order. */
interface Frames extends AutoCloseable {
  /**
   * The next frame, or null at the end.
   *
   * @param index place of the frame in the whole source
   */
  Frame next(int index);

  @Override
  void close();
}
