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
   * @param measured predicts with {@code model} as accuracy is measured: every class more confident
   *     than {@code conf} is a detection of its own, pictures are letterboxed with their scaled
   *     sides rounded up, and boxes and keypoints are not clipped to the picture
   * @param listener receives the progress, on this thread
   */
  R run(Yolo model, Predictor measured, L listener);

  /** A listener that does nothing. */
  L silent();
}
