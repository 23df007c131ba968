// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

/**
 * Milliseconds spent per picture: those of the batch divided by its pictures.
 *
 * @param preprocess letterboxing and conversion
 * @param inference the network
 * @param postprocess decoding, NMS and scaling back
 * @param preparation what only the first prediction does, not part of the other times: tracing and
 *     optimizing the network and allocating its memory; 0 in later predictions, but at optimize
 *     level 2 in the first of each input size
 */
public record Speed(double preprocess, double inference, double postprocess, double preparation) {
  /** Times of a prediction without preparation. */
  public Speed(double preprocess, double inference, double postprocess) {
    this(preprocess, inference, postprocess, 0);
  }
}
