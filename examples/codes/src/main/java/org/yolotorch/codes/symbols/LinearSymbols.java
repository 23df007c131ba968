// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.codes.symbols;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.MultiFormatWriter;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.oned.UPCEReader;
import java.util.Map;
import org.yolotorch.codes.picture.Draws;

/** Linear codes with random contents. */
final class LinearSymbols {
  private static final int TRIES = 12;

  private static final BarcodeFormat[] FORMATS = {
    BarcodeFormat.EAN_13,
    BarcodeFormat.EAN_8,
    BarcodeFormat.UPC_A,
    BarcodeFormat.UPC_E,
    BarcodeFormat.CODE_39,
    BarcodeFormat.CODE_93,
    BarcodeFormat.CODE_128,
    BarcodeFormat.ITF,
    BarcodeFormat.CODABAR
  };

  private static final double[] WEIGHTS = {6, 1.5, 2, 1, 2, 1, 5, 2, 1};

  private LinearSymbols() {}

  /** A symbol with at most so many modules, if there is one; else one of few modules. */
  static Symbol draw(double most, Draws draws) {
    Symbol smallest = null;
    for (int i = 0; i < TRIES; i++) {
      Symbol symbol = draw(FORMATS[draws.weighted(WEIGHTS)], draws);
      if (symbol.columns() <= most) {
        return symbol;
      }
      if (smallest == null || symbol.columns() < smallest.columns()) {
        smallest = symbol;
      }
    }
    return smallest;
  }

  static Symbol draw(BarcodeFormat format, Draws draws) {
    String contents = contents(format, draws);
    BitMatrix matrix;
    try {
      matrix =
          new MultiFormatWriter().encode(contents, format, 0, 0, Map.of(EncodeHintType.MARGIN, 0));
    } catch (WriterException e) {
      throw new IllegalStateException("'" + contents + "' was expected to fit " + format + ".", e);
    }
    int width = matrix.getWidth();
    boolean[] dark = new boolean[width];
    for (int i = 0; i < width; i++) {
      dark[i] = matrix.get(i, 0);
    }
    double height = Math.max(width * draws.logIn(0.15, 0.95), 10);
    return new Symbol(
        new Content(format, read(format, contents)),
        width,
        1,
        height,
        dark,
        text(format, contents),
        guards(format, dark));
  }

  /** The text as readers give it. */
  private static String read(BarcodeFormat format, String contents) {
    return switch (format) {
      case EAN_13, EAN_8, UPC_A -> contents + checkDigit(contents);
      case UPC_E -> contents + checkDigit(UPCEReader.convertUPCEtoUPCA(contents));
      default -> contents;
    };
  }

  private static int checkDigit(String digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      sum += (digits.length() - i) % 2 == 1 ? 3 * (digits.charAt(i) - '0') : digits.charAt(i) - '0';
    }
    return (10 - sum % 10) % 10;
  }

  private static String contents(BarcodeFormat format, Draws draws) {
    return switch (format) {
      case EAN_13 -> Payloads.digits(draws, 12);
      case EAN_8 -> Payloads.digits(draws, 7);
      case UPC_A -> Payloads.digits(draws, 11);
      case UPC_E -> "0" + Payloads.digits(draws, 6);
      case CODE_39 -> Payloads.capitals(draws, draws.whole(3, 14));
      case CODE_93 -> Payloads.capitals(draws, draws.whole(3, 18));
      case CODE_128 ->
          draws.chance(0.5)
              ? Payloads.digits(draws, 2 * draws.whole(2, 11))
              : Payloads.capitals(draws, draws.whole(3, 18));
      case ITF -> Payloads.digits(draws, draws.chance(0.5) ? 14 : 2 * draws.whole(2, 10));
      default ->
          draws.pick("A", "B", "C", "D")
              + Payloads.digits(draws, draws.whole(3, 14))
              + draws.pick("A", "B", "C", "D");
    };
  }

  private static String text(BarcodeFormat format, String contents) {
    return format == BarcodeFormat.CODE_39 ? "*" + contents + "*" : contents;
  }

  /** The outer and the middle bars of EAN and UPC. */
  private static boolean[] guards(BarcodeFormat format, boolean[] dark) {
    int middle;
    switch (format) {
      case EAN_13, UPC_A -> middle = 45;
      case EAN_8 -> middle = 31;
      default -> {
        return null;
      }
    }
    int edge = format == BarcodeFormat.UPC_A ? 10 : 3;
    boolean[] guards = new boolean[dark.length];
    for (int i = 0; i < dark.length; i++) {
      boolean outer = i < edge || i >= dark.length - edge;
      guards[i] = dark[i] && (outer || i >= middle && i < middle + 5);
    }
    return guards;
  }
}
