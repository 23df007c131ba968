// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.val;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.yolotorch.ImageSize;
import org.yolotorch.Result;
import org.yolotorch.internal.data.Label;

/**
 * The pixels of the labels of a picture, in the frame that its found masks have. A pixel belongs to
 * the smallest object that covers it, as in Ultralytics' val.
 */
final class LabelMasks {
  private LabelMasks() {}

  /** One set per label, in the same order, in the pixels of the picture. */
  static List<PixelSet> ofPicture(List<Label> labels, Result result) {
    return disjoint(labels.stream().map(label -> picture(label, result)).toList());
  }

  /**
   * One set per label, in the same order, in a quarter of the network's input.
   *
   * @param side of the square that the picture was scaled into; 0 for the network's input
   */
  static List<PixelSet> ofQuarter(List<Label> labels, Result result, int side) {
    ImageSize scaled = side == 0 ? result.netSize() : ImageSize.square(side);
    return disjoint(labels.stream().map(label -> quarter(label, result, scaled)).toList());
  }

  private static List<PixelSet> disjoint(List<PixelSet> sets) {
    List<PixelSet> largestFirst = new ArrayList<>(sets);
    largestFirst.sort(Comparator.comparingInt(PixelSet::count).reversed());
    for (int i = 0; i < largestFirst.size(); i++) {
      for (PixelSet smaller : largestFirst.subList(i + 1, largestFirst.size())) {
        largestFirst.get(i).remove(smaller);
      }
    }
    return sets;
  }

  private static PixelSet picture(Label label, Result result) {
    int width = result.imageWidth();
    int height = result.imageHeight();
    return PixelSet.of(scaled(label.points(), width, height, 0, 0), width, height);
  }

  /** Letterboxed as the network saw the picture. */
  private static PixelSet quarter(Label label, Result result, ImageSize scaled) {
    int netWidth = result.netSize().width();
    int netHeight = result.netSize().height();
    double gain =
        Math.min(
            (double) scaled.height() / result.imageHeight(),
            (double) scaled.width() / result.imageWidth());
    double width = Math.min(scaled.width(), Math.ceil(result.imageWidth() * gain));
    double height = Math.min(scaled.height(), Math.ceil(result.imageHeight() * gain));
    double left = Math.rint((netWidth - width) / 2 - 0.1);
    double top = Math.rint((netHeight - height) / 2 - 0.1);
    return PixelSet.ofQuarter(
        scaled(label.points(), width, height, left, top), netWidth, netHeight);
  }

  private static double[] scaled(
      double[] points, double width, double height, double left, double top) {
    double[] scaled = new double[points.length];
    for (int i = 0; i < points.length; i += 2) {
      scaled[i] = points[i] * width + left;
      scaled[i + 1] = points[i + 1] * height + top;
    }
    return scaled;
  }
}
