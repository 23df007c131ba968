// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.codes.symbols;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.datamatrix.DataMatrixWriter;
import com.google.zxing.datamatrix.encoder.SymbolShapeHint;
import com.google.zxing.pdf417.encoder.PDF417;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;
import java.util.Map;
import org.yolotorch.codes.picture.Draws;

/** Symbols with random contents. */
public final class Symbols {
  private static final int TRIES = 8;

  /** Contents that are too long for a symbol. */
  private static final class TooLong extends Exception {
    private static final long serialVersionUID = 1;

    TooLong(Exception cause) {
      super(cause);
    }
  }

  private interface Writer {
    Symbol write(int length) throws TooLong;
  }

  private Symbols() {}

  /**
   * A symbol of a kind.
   *
   * @param most modules of the longer side, if the kind has symbols so small
   */
  public static Symbol draw(CodeClass kind, double most, Draws draws) {
    return switch (kind) {
      case QR -> fitting(draws.logIn(4, 300), most, length -> qr(draws, length));
      case DATAMATRIX -> fitting(draws.logIn(3, 150), most, length -> dataMatrix(draws, length));
      case AZTEC -> fitting(draws.logIn(3, 200), most, length -> aztec(draws, length));
      case PDF417 -> fitting(draws.logIn(8, 300), most, length -> pdf417(draws, length, most));
      case BARCODE -> LinearSymbols.draw(most, draws);
    };
  }

  /** Shortens the contents until the symbol is small enough; the smallest if none is. */
  private static Symbol fitting(double length, double most, Writer writer) {
    Symbol smallest = null;
    for (int i = 0; i < TRIES; i++) {
      try {
        Symbol symbol = writer.write((int) Math.max(1, length));
        if (symbol.longest() <= most) {
          return symbol;
        }
        if (smallest == null || symbol.longest() < smallest.longest()) {
          smallest = symbol;
        }
      } catch (TooLong e) {
        // A shorter one is tried next.
      }
      length *= 0.55;
    }
    if (smallest == null) {
      throw new IllegalStateException("A symbol of one letter was expected to fit, but did not.");
    }
    return smallest;
  }

  private static Symbol qr(Draws draws, int length) throws TooLong {
    try {
      ErrorCorrectionLevel level = draws.pick(ErrorCorrectionLevel.values());
      String text = Payloads.text(draws, length);
      ByteMatrix matrix = Encoder.encode(text, level).getMatrix();
      boolean[] dark = new boolean[matrix.getWidth() * matrix.getHeight()];
      for (int i = 0; i < dark.length; i++) {
        dark[i] = matrix.get(i % matrix.getWidth(), i / matrix.getWidth()) == 1;
      }
      Content content = new Content(BarcodeFormat.QR_CODE, text);
      return new Symbol(content, matrix.getWidth(), matrix.getHeight(), 1, dark, null, null);
    } catch (WriterException e) {
      throw new TooLong(e);
    }
  }

  private static Symbol dataMatrix(Draws draws, int length) throws TooLong {
    SymbolShapeHint shape =
        draws.chance(0.25) ? SymbolShapeHint.FORCE_RECTANGLE : SymbolShapeHint.FORCE_SQUARE;
    try {
      String text = Payloads.text(draws, length);
      Map<EncodeHintType, Object> hints = Map.of(EncodeHintType.DATA_MATRIX_SHAPE, shape);
      BitMatrix matrix =
          new DataMatrixWriter().encode(text, BarcodeFormat.DATA_MATRIX, 0, 0, hints);
      return square(new Content(BarcodeFormat.DATA_MATRIX, text), matrix);
    } catch (IllegalArgumentException e) {
      throw new TooLong(e);
    }
  }

  private static Symbol aztec(Draws draws, int length) throws TooLong {
    try {
      int correction = draws.whole(10, 50);
      String text = Payloads.text(draws, length);
      BitMatrix matrix =
          com.google.zxing.aztec.encoder.Encoder.encode(text, correction, 0).getMatrix();
      return square(new Content(BarcodeFormat.AZTEC, text), matrix);
    } catch (IllegalArgumentException e) {
      throw new TooLong(e);
    }
  }

  private static Symbol square(Content content, BitMatrix matrix) {
    boolean[] dark = new boolean[matrix.getWidth() * matrix.getHeight()];
    for (int i = 0; i < dark.length; i++) {
      dark[i] = matrix.get(i % matrix.getWidth(), i / matrix.getWidth());
    }
    return new Symbol(content, matrix.getWidth(), matrix.getHeight(), 1, dark, null, null);
  }

  /** Start and stop pattern, two row indicators and one to twelve data columns; a tenth is flat. */
  private static Symbol pdf417(Draws draws, int length, double most) throws TooLong {
    boolean compact = draws.chance(0.1);
    int frame = compact ? 35 : 69;
    int widest = (int) Math.max(1, Math.min(12, (most - frame) / 17));
    boolean flat = draws.chance(0.1);
    int columns = flat ? widest : draws.whole(1, widest);
    PDF417 encoder = new PDF417(compact);
    encoder.setDimensions(columns, columns, 90, 3);
    String text = Payloads.text(draws, flat ? Math.min(length, 40) : length);
    try {
      encoder.generateBarcodeLogic(text, draws.whole(0, 5));
    } catch (WriterException | IllegalArgumentException e) {
      throw new TooLong(e);
    }
    // The encoder's matrix begins with the lowest row.
    byte[][] matrix = encoder.getBarcodeMatrix().getScaledMatrix(1, 1);
    int width = matrix[0].length;
    boolean[] dark = new boolean[width * matrix.length];
    for (int i = 0; i < dark.length; i++) {
      dark[i] = matrix[matrix.length - 1 - i / width][i % width] == 1;
    }
    double rowHeight = draws.in(2, 4.5);
    Content content = new Content(BarcodeFormat.PDF_417, text);
    return new Symbol(content, width, matrix.length, rowHeight, dark, null, null);
  }
}
