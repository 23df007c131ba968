// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.codes.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.zxing.BarcodeFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.yolotorch.codes.symbols.CodeClass;
import org.yolotorch.codes.symbols.Content;

/** How reports are counted. */
class ScoreTest {
  private final Label qr = label(BarcodeFormat.QR_CODE, "a", 10, 10, 50, 50);
  private final Label bars = label(BarcodeFormat.CODE_128, "b", 100, 10, 200, 40);
  private final Score score = new Score();

  @Test
  void cornersFinderPatternsAndLinesAreAccepted() {
    score.add(
        List.of(qr, bars),
        List.of(find("a", 15, 45, 15, 15, 45, 15), find("b", 102, 30, 198, 30)),
        4);
    assertEquals(2, score.located());
    assertEquals(2, score.decoded());
    assertEquals(1, score.decoded(CodeClass.QR));
    assertEquals(1, score.decoded(CodeClass.BARCODE));
    assertEquals(0, score.wrong());
  }

  @Test
  void reportsElsewhereOrOfAnotherSizeLocateNothing() {
    score.add(
        List.of(qr),
        List.of(find(null, 60, 10, 100, 50), find(null, 28, 28, 32, 32), find(null, 0, 0, 90, 90)),
        1);
    assertEquals(0, score.located());
    assertEquals(0, score.decoded());
  }

  @Test
  void aReportCountsOnce() {
    Label same = label(BarcodeFormat.QR_CODE, "a", 11, 11, 51, 51);
    score.add(List.of(qr, same), List.of(find("a", 10, 10, 50, 50)), 1);
    assertEquals(1, score.located());
    assertEquals(1, score.decoded());
  }

  @Test
  void textsOfNoCodeAreWrong() {
    score.add(List.of(qr), List.of(find("x", 10, 10, 50, 50), find(null, 1, 1, 2, 2)), 1);
    assertEquals(1, score.located());
    assertEquals(0, score.decoded());
    assertEquals(1, score.wrong());
  }

  @Test
  void theMedianIsOfPictures() {
    for (double millis : new double[] {9, 1, 4, 2}) {
      score.add(List.of(), List.of(), millis);
    }
    assertEquals(3, score.median());
  }

  private static Label label(BarcodeFormat format, String text, double... box) {
    return new Label(box, new Content(format, text));
  }

  private static Find find(String text, double... points) {
    return new Find(points, text);
  }
}
