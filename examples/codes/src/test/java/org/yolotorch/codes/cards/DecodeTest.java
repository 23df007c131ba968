// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.codes.cards;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.MultiFormatReader;
import com.google.zxing.NotFoundException;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.yolotorch.codes.picture.Draws;
import org.yolotorch.codes.symbols.CodeClass;
import org.yolotorch.codes.symbols.LinearSymbols;
import org.yolotorch.codes.symbols.Symbol;

/** What is printed can be read. */
class DecodeTest {
  private static final int CODES = 20;

  private static final Map<CodeClass, Set<BarcodeFormat>> FORMATS = new EnumMap<>(CodeClass.class);

  static {
    FORMATS.put(CodeClass.QR, Set.of(BarcodeFormat.QR_CODE));
    FORMATS.put(CodeClass.DATAMATRIX, Set.of(BarcodeFormat.DATA_MATRIX));
    FORMATS.put(CodeClass.AZTEC, Set.of(BarcodeFormat.AZTEC));
    FORMATS.put(CodeClass.PDF417, Set.of(BarcodeFormat.PDF_417));
    FORMATS.put(
        CodeClass.BARCODE,
        EnumSet.of(
            BarcodeFormat.EAN_13,
            BarcodeFormat.EAN_8,
            BarcodeFormat.UPC_A,
            BarcodeFormat.UPC_E,
            BarcodeFormat.CODE_39,
            BarcodeFormat.CODE_93,
            BarcodeFormat.CODE_128,
            BarcodeFormat.ITF,
            BarcodeFormat.CODABAR));
  }

  @ParameterizedTest
  @EnumSource
  void plainCodesAreRead(CodeClass kind) {
    int read = 0;
    for (int i = 0; i < CODES; i++) {
      Card card = new CardDesigner(kind, 900, 150, Draws.of(7, 0, i)).plain();
      read += reads(card.pixels(), card.width, card.height, FORMATS.get(kind)) ? 1 : 0;
    }
    // Readers fail now and then, such as for ITF of unusual length.
    assertEquals(CODES, read, 2, "read of " + kind);
  }

  @Test
  void allLinearFormatsAreRead() {
    for (BarcodeFormat format : FORMATS.get(CodeClass.BARCODE)) {
      Symbol symbol = LinearSymbols.draw(format, Draws.of(3, 0, 0));
      Card card = new Card(symbol.columns() * 3 + 90, 120);
      java.util.Arrays.fill(card.pixels(), 0xFFFFFFFF);
      CodePainter.Print print =
          new CodePainter.Print(0, 0, CodePainter.Dots.SQUARE, false, 1, false, false);
      new CodePainter(card, symbol, print, Draws.of(3, 0, 1))
          .paint(45, 20, symbol.columns() * 3, 80, 0);
      assertEquals(
          true, reads(card.pixels(), card.width, card.height, Set.of(format)), "" + format);
    }
  }

  private static boolean reads(int[] pixels, int width, int height, Set<BarcodeFormat> formats) {
    BinaryBitmap bitmap =
        new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(width, height, pixels)));
    try {
      new MultiFormatReader()
          .decode(
              bitmap,
              Map.of(
                  DecodeHintType.POSSIBLE_FORMATS,
                  List.copyOf(formats),
                  DecodeHintType.TRY_HARDER,
                  true));
      return true;
    } catch (NotFoundException e) {
      return false;
    }
  }
}
