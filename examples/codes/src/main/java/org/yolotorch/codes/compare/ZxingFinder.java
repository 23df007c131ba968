// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.codes.compare;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.MultiFormatReader;
import com.google.zxing.NotFoundException;
import com.google.zxing.Result;
import com.google.zxing.ResultPoint;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.multi.GenericMultipleBarcodeReader;
import com.google.zxing.multi.MultipleBarcodeReader;
import com.google.zxing.multi.qrcode.QRCodeMultiReader;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.yolotorch.codes.read.Decoder;
import org.yolotorch.codes.read.Gray;

/** ZXing on the whole picture, with its readers of several codes and the options of Decoder. */
final class ZxingFinder implements CodeFinder {
  @Override
  public String name() {
    return "ZXing";
  }

  @Override
  public List<Find> find(BufferedImage picture) {
    BinaryBitmap bitmap = new BinaryBitmap(new HybridBinarizer(Gray.of(picture).source()));
    List<Find> finds = new ArrayList<>();
    read(new GenericMultipleBarcodeReader(new MultiFormatReader()), bitmap, finds);
    read(new QRCodeMultiReader(), bitmap, finds);
    return finds;
  }

  private static void read(MultipleBarcodeReader reader, BinaryBitmap bitmap, List<Find> finds) {
    try {
      for (Result result : reader.decodeMultiple(bitmap, Decoder.hints(Decoder.ALL))) {
        if (finds.stream().noneMatch(find -> find.text().equals(result.getText()))) {
          finds.add(new Find(points(result), result.getText()));
        }
      }
    } catch (NotFoundException e) {
      // There is none.
    }
  }

  private static double[] points(Result result) {
    return Stream.of(result.getResultPoints())
        .filter(Objects::nonNull)
        .flatMap((ResultPoint point) -> Stream.of(point.getX(), point.getY()))
        .mapToDouble(Float::doubleValue)
        .toArray();
  }
}
