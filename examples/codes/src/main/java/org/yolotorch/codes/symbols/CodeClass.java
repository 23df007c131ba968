// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.codes.symbols;

/** What a label names; the order is that of the class ids. */
public enum CodeClass {
  QR,
  DATAMATRIX,
  AZTEC,
  PDF417,
  BARCODE;

  /** The name in data.yaml. */
  public String label() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  public boolean isLinear() {
    return this == BARCODE;
  }
}
