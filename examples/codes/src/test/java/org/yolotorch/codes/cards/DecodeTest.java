// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.codes.cards;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.MultiFormatReader;
import com.google.zxing.NotFoundException;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.yolotorch.codes.picture.Draws;
import org.yolotorch.codes.symbols.CodeClass;
import org.yolotorch.codes.symbols.Content;

/** What is printed can be read, and says what is told of it. */
class DecodeTest {
  private static final int CODES = 20;
  private static final int TRIES = 300;

  @ParameterizedTest
  @EnumSource
  void plainCodesAreRead(CodeClass kind) {
    int read = 0;
    for (int i = 0; i < CODES; i++) {
      Card card = new CardDesigner(kind, 900, 150, Draws.of(7, 0, i)).plain();
      Content content = card.spots.get(0).content();
      String text = read(card, kind.formats());
      read += text == null ? 0 : 1;
      assertTrue(text == null || content.isReadBy(text), content + " was read as " + text);
    }
    // Readers fail now and then, such as for ITF of unusual length.
    assertEquals(CODES, read, 2, "read of " + kind);
  }

  @Test
  void allLinearFormatsAreRead() {
    Set<BarcodeFormat> left = EnumSet.copyOf(CodeClass.BARCODE.formats());
    for (int i = 0; i < TRIES && !left.isEmpty(); i++) {
      Card card = new CardDesigner(CodeClass.BARCODE, 900, 150, Draws.of(3, 0, i)).plain();
      Content content = card.spots.get(0).content();
      if (content.text().equals(read(card, Set.of(content.format())))) {
        left.remove(content.format());
      }
    }
    assertEquals(Set.of(), left);
  }

  /** The text of the code on a card; null if none is read. */
  private static String read(Card card, Set<BarcodeFormat> formats) {
    RGBLuminanceSource source = new RGBLuminanceSource(card.width, card.height, card.pixels());
    try {
      return new MultiFormatReader()
          .decode(
              new BinaryBitmap(new HybridBinarizer(source)),
              Map.of(
                  DecodeHintType.POSSIBLE_FORMATS,
                  List.copyOf(formats),
                  DecodeHintType.RETURN_CODABAR_START_END,
                  true,
                  DecodeHintType.TRY_HARDER,
                  true))
          .getText();
    } catch (NotFoundException e) {
      return null;
    }
  }
}
