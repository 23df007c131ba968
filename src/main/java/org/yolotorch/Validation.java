// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

/**
 * A way to measure a model, for {@link Yolo#val(Validation)}; {@link org.yolotorch.val.ValOptions}
 * is the one there is.
 *
 * @param <L> type of the listener that is told how it goes
 * @param <R> type of the result
 */
public interface Validation<L, R> {
  /**
   * Measures a model.
   *
   * @param model stays open
   * @param listener told how it goes, on this thread
   */
  R run(Yolo model, L listener);

  /** A listener that does nothing. */
  L silent();
}
