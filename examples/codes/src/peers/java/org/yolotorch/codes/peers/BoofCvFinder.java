// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.codes.peers;

import boofcv.abst.fiducial.AztecCodeDetector;
import boofcv.abst.fiducial.MicroQrCodeDetector;
import boofcv.abst.fiducial.QrCodeDetector;
import boofcv.factory.fiducial.FactoryFiducial;
import boofcv.struct.image.GrayU8;
import georegression.struct.shapes.Polygon2D_F64;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.yolotorch.codes.compare.CodeFinder;
import org.yolotorch.codes.compare.Find;
import org.yolotorch.codes.picture.Picture;

/** BoofCV's detectors of QR, Micro QR and Aztec codes, on the whole picture. */
public final class BoofCvFinder implements CodeFinder {
  private final QrCodeDetector<GrayU8> qr = FactoryFiducial.qrcode(null, GrayU8.class);
  private final MicroQrCodeDetector<GrayU8> microQr = FactoryFiducial.microqr(null, GrayU8.class);
  private final AztecCodeDetector<GrayU8> aztec = FactoryFiducial.aztec(null, GrayU8.class);

  @Override
  public String name() {
    return "BoofCV";
  }

  @Override
  public List<Find> find(BufferedImage picture) {
    GrayU8 gray = gray(picture);
    List<Find> finds = new ArrayList<>();
    qr.process(gray);
    qr.getDetections().forEach(code -> add(finds, code.bounds, code.message));
    qr.getFailures().forEach(code -> add(finds, code.bounds, null));
    microQr.process(gray);
    microQr.getDetections().forEach(code -> add(finds, code.bounds, code.message));
    aztec.process(gray);
    aztec.getDetections().forEach(code -> add(finds, code.bounds, code.message));
    aztec.getFailures().forEach(code -> add(finds, code.bounds, null));
    return finds;
  }

  private static GrayU8 gray(BufferedImage picture) {
    GrayU8 gray = new GrayU8(picture.getWidth(), picture.getHeight());
    int[] row = new int[gray.width];
    for (int y = 0; y < gray.height; y++) {
      picture.getRGB(0, y, gray.width, 1, row, 0, gray.width);
      for (int x = 0; x < gray.width; x++) {
        gray.data[y * gray.width + x] = (byte) (Picture.brightness(row[x]) + 0.5);
      }
    }
    return gray;
  }

  private static void add(List<Find> finds, Polygon2D_F64 bounds, String text) {
    double[] points = new double[2 * bounds.size()];
    for (int i = 0; i < bounds.size(); i++) {
      points[2 * i] = bounds.get(i).x;
      points[2 * i + 1] = bounds.get(i).y;
    }
    finds.add(new Find(points, text));
  }
}
