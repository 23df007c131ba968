// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.codes.scene;

/**
 * What scenes are like.
 *
 * @param imgsz longer side of the pictures
 * @param smallest shortest longer side of a symbol, in pixels
 * @param largest longest one
 * @param hard whether codes are smaller and seen worse
 * @param negatives share of pictures without codes
 */
public record Settings(int imgsz, double smallest, double largest, boolean hard, double negatives) {
  /** The usual sizes for a picture. */
  public static Settings of(int imgsz, boolean hard, double negatives) {
    double smallest = Math.max(16, imgsz * 24 / 640.0);
    return new Settings(imgsz, smallest, imgsz * (hard ? 0.45 : 0.78), hard, negatives);
  }

  /** Most that a card is tilted, in degrees. */
  double mostTilt() {
    return hard ? 65 : 60;
  }

  /** Least contrast of a code after light and lens, in steps of 256. */
  double leastContrast() {
    return hard ? 14 : 24;
  }
}
