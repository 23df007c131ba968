// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

/**
 * A measurement of a model, for {@link Yolo#val(Validation)}. {@link org.yolotorch.val.ValOptions}
 * implements it: by this interface {@code Yolo} does not depend on the package that measures.
 *
 * @param <L> type of the listener that receives the progress
 * @param <R> type of the result
 */
public interface Validation<L, R> {
  /**
   * Measures a model.
   *
   * @param model stays open
   * @param listener receives the progress, on this thread
   */
  R run(Yolo model, L listener);

  /** A listener that does nothing. */
  L silent();
}
