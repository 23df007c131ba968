// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import java.util.List;

/** The smallest network input that a picture fits into. */
final class Rectangle {
  private Rectangle() {}

  /** The options with that input size, where they ask for it, and model and pictures allow it. */
  static PredictOptions fit(List<Image> images, PredictOptions options, ModelInfo info) {
    if (!options.rect() || !info.dynamic() || info.task() == Task.CLASSIFY || images.isEmpty()) {
      return options;
    }
    Image first = images.get(0);
    for (Image image : images) {
      if (image.width() != first.width() || image.height() != first.height()) {
        return options;
      }
    }
    ImageSize whole = options.imgsz() == null ? info.imgsz() : options.imgsz();
    ImageSize size = around(first.width(), first.height(), whole, info.stride());
    return options.toBuilder().imgsz(size).build();
  }

  /** The picture scaled into {@code whole}, each side rounded up to the stride. */
  static ImageSize around(int width, int height, ImageSize whole, int stride) {
    double scale = Math.min((double) whole.height() / height, (double) whole.width() / width);
    return new ImageSize(up(height * scale, stride), up(width * scale, stride));
  }

  private static int up(double side, int stride) {
    // The letterbox rounds to whole pixels first, halves to even.
    int pixels = Math.max((int) Math.rint(side), 1);
    return (pixels + stride - 1) / stride * stride;
  }
}
