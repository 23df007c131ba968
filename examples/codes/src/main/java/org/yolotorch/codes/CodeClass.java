// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.codes;

/** What a label names; the order is that of the class ids. */
enum CodeClass {
  QR,
  DATAMATRIX,
  AZTEC,
  PDF417,
  BARCODE;

  /** The name in data.yaml. */
  String label() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  boolean isLinear() {
    return this == BARCODE;
  }
}
