// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.codes;

import java.nio.file.Path;

/**
 * A symbol in black on white, as another program wrote it.
 *
 * @param type index of its class in {@link #CLASSES}
 * @param kind its symbology, with the program's name where that is not zint
 * @param picture the file
 * @param width pixels of the file
 * @param height pixels of the file, text under bars included
 * @param outline the symbol alone, in pixels of the file
 * @param module pixels of a module
 */
record Symbol(
    int type, String kind, Path picture, int width, int height, Rect outline, double module) {
  static final String[] CLASSES = {"qr", "datamatrix", "aztec", "pdf417", "barcode"};
  static final int QR = 0;
  static final int DATA_MATRIX = 1;
  static final int AZTEC = 2;
  static final int PDF417 = 3;
  static final int BARCODE = 4;

  /** Light space that belongs around it, in modules: to the sides, above and below. */
  double quietAcross() {
    return type == BARCODE ? 8 : type == QR ? 3 : 2;
  }

  double quietDown() {
    return type == QR ? 3 : 2;
  }

  /** The least pixels of a module in a picture in which its class can be told. */
  double leastModule() {
    return type == BARCODE || type == PDF417 ? 0.55 : 0.8;
  }
}
