// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

/** What an upright and a rotated box have in common. Immutable and thread-safe. */
public sealed interface Detection permits Box, Obb {
  /** Class of the object, 0 to the model's number of classes - 1. */
  int classId();

  /** Name of that class. */
  String label();

  /** How sure the network is, 0 to 1. */
  float confidence();

  /** The upright box, of a rotated one the smallest around it, in pixels of the picture. */
  Xyxy xyxy();
}
