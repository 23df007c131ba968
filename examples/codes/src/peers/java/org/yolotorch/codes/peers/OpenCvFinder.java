// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.codes.peers;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.StringVector;
import org.bytedeco.opencv.opencv_objdetect.BarcodeDetector;
import org.bytedeco.opencv.opencv_objdetect.GraphicalCodeDetector;
import org.bytedeco.opencv.opencv_objdetect.QRCodeDetector;
import org.yolotorch.codes.compare.CodeFinder;
import org.yolotorch.codes.compare.Find;

/** OpenCV's detectors of QR codes and of linear codes, on the whole picture. */
public final class OpenCvFinder implements CodeFinder {
  private final QRCodeDetector qr = new QRCodeDetector();
  private final BarcodeDetector barcode = new BarcodeDetector();

  @Override
  public String name() {
    return "OpenCV";
  }

  @Override
  public List<Find> find(BufferedImage picture) {
    byte[] bgr = ((DataBufferByte) picture.getRaster().getDataBuffer()).getData();
    List<Find> finds = new ArrayList<>();
    try (BytePointer pixels = new BytePointer(bgr);
        Mat mat =
            new Mat(picture.getHeight(), picture.getWidth(), opencv_core.CV_8UC3, pixels)) {
      find(qr, mat, finds);
      find(barcode, mat, finds);
    }
    return finds;
  }

  /** Four corners of each code; the text of one that is not read is empty. */
  private static void find(GraphicalCodeDetector detector, Mat mat, List<Find> finds) {
    try (Mat corners = new Mat();
        StringVector texts = new StringVector()) {
      if (!detector.detectMulti(mat, corners)) {
        return;
      }
      detector.decodeMulti(mat, corners, texts);
      FloatBuffer numbers = corners.createBuffer();
      for (int i = 0; i < corners.total() / 4; i++) {
        double[] points = new double[8];
        for (int j = 0; j < 8; j++) {
          points[j] = numbers.get(8 * i + j);
        }
        // The string may end with a zero.
        String text = i < texts.size() ? texts.get(i).getString().replace("\0", "") : "";
        finds.add(new Find(points, text.isEmpty() ? null : text));
      }
    }
  }

  @Override
  public void close() {
    qr.close();
    barcode.close();
  }
}
