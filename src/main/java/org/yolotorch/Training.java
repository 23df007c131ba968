// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

/**
 * A training, for {@link Yolo#train(Training)}. {@code org.yolotorch.train.TrainOptions} implements
 * it: by this interface {@code Yolo} does not depend on the package that trains.
 *
 * @param <L> type of the listener that receives the progress
 * @param <R> type of the result
 */
public interface Training<L, R> {
  /**
   * Trains.
   *
   * @param listener receives the progress, on this thread
   */
  R run(L listener);

  /** A listener that does nothing. */
  L silent();
}
