// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.codes.symbols;

import com.google.zxing.BarcodeFormat;
import java.util.Locale;
import java.util.Set;

/** What a label names; the order is that of the class ids. */
public enum CodeClass {
  QR(BarcodeFormat.QR_CODE),
  DATAMATRIX(BarcodeFormat.DATA_MATRIX),
  AZTEC(BarcodeFormat.AZTEC),
  PDF417(BarcodeFormat.PDF_417),
  BARCODE(
      BarcodeFormat.EAN_13,
      BarcodeFormat.EAN_8,
      BarcodeFormat.UPC_A,
      BarcodeFormat.UPC_E,
      BarcodeFormat.CODE_39,
      BarcodeFormat.CODE_93,
      BarcodeFormat.CODE_128,
      BarcodeFormat.ITF,
      BarcodeFormat.CODABAR);

  private final Set<BarcodeFormat> formats;

  CodeClass(BarcodeFormat... formats) {
    this.formats = Set.of(formats);
  }

  /** The class of a format. */
  public static CodeClass of(BarcodeFormat format) {
    for (CodeClass kind : values()) {
      if (kind.formats.contains(format)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("A format with a class was expected, but got " + format);
  }

  /** The class of a name in data.yaml; null if there is none. */
  public static CodeClass named(String label) {
    for (CodeClass kind : values()) {
      if (kind.label().equals(label)) {
        return kind;
      }
    }
    return null;
  }

  /** The formats that the class takes in. */
  public Set<BarcodeFormat> formats() {
    return formats;
  }

  /** The name in data.yaml. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it has one row only. */
  public boolean isLinear() {
    return this == BARCODE;
  }
}
