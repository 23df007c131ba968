// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

/**
 * Milliseconds spent per picture: those of the batch divided by its pictures.
 *
 * @param preprocess letterboxing and conversion
 * @param inference the network
 * @param postprocess decoding, NMS and scaling back
 */
public record Speed(double preprocess, double inference, double postprocess) {}
