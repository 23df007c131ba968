// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

/**
 * Parameters of the non-maximum suppression that an exporter fixed in an archive. It runs before
 * the options of a prediction apply, which can therefore only keep fewer detections; a prediction
 * that asks for more is reported to {@link LoadOptions#onWarning()}. Immutable.
 *
 * @param conf minimum confidence of a detection, 0 to 1
 * @param iou maximum overlap (intersection over union) of kept boxes, 0 to 1
 * @param maxDet maximum number of detections per picture
 * @param agnosticNms whether overlapping boxes of different classes are dropped too
 */
public record BakedNms(double conf, double iou, int maxDet, boolean agnosticNms) {}
