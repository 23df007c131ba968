// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.codes.symbols;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.zxing.BarcodeFormat;
import org.junit.jupiter.api.Test;

/** What symbols say. */
class ContentTest {
  @Test
  void aLineHoldsAnyText() {
    Content content = new Content(BarcodeFormat.QR_CODE, "a b\\n\nc");
    assertEquals("QR_CODE a b\\\\n\\nc", content.toLine());
    assertEquals(content, Content.ofLine(content.toLine()));
  }

  @Test
  void readersGiveSomeTextsInTwoWays() {
    Content upc = new Content(BarcodeFormat.UPC_A, "036000291452");
    assertTrue(upc.isReadBy("0036000291452"));
    assertTrue(upc.isReadBy("036000291452"));
    assertFalse(upc.isReadBy("036000291453"));
    Content codabar = new Content(BarcodeFormat.CODABAR, "A123B");
    assertTrue(codabar.isReadBy("123"));
    assertFalse(codabar.isReadBy("1234"));
    assertFalse(new Content(BarcodeFormat.CODE_128, "A123B").isReadBy("123"));
  }
}
