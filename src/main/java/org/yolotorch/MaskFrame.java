// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

/** The pixels that masks are made of. */
public enum MaskFrame {
  /** Those of the picture. */
  IMAGE,
  /** Those of the network's input, with the margins of the letterbox; as upstream keeps them. */
  NETWORK,
  /**
   * Those of the network's input at a quarter of its width and height, the size that masks are
   * computed at and that accuracy is measured at.
   */
  QUARTER
}
