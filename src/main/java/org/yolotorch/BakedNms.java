// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

/**
 * Non-maximum suppression that an exporter fixed in an archive. It happens before the options of a
 * prediction, which can therefore only ask for less than this; {@link LoadOptions#onWarning()} is
 * told of one that asks for more. Immutable.
 *
 * @param conf least confidence of a detection, 0 to 1
 * @param iou overlap above which boxes are merged, 0 to 1
 * @param maxDet most detections of a picture
 * @param agnosticNms whether boxes of different classes are merged too
 */
public record BakedNms(double conf, double iou, int maxDet, boolean agnosticNms) {}
