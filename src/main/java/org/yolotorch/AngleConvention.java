// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

/**
 * Which of a rotated box's edges is called its width, and so the range of its angle. All describe
 * the same box: {@link Obb#corners()} do not depend on it.
 */
public enum AngleConvention {
  /** As the network gives it: the angle in (-pi/4, 3 pi/4), the width longer or shorter. */
  RAW,
  /** The angle in [0, pi/2); width and height are swapped where needed. YOLO11 results use it. */
  OPENCV90,
  /** The width is the longer edge, the angle in [0, pi). */
  LONG_EDGE
}
