// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.bridge;

import java.util.List;
import org.yolotorch.Image;
import org.yolotorch.ImageSize;
import org.yolotorch.ModelInfo;
import org.yolotorch.PredictOptions;
import org.yolotorch.Task;

/**
 * The network input of a batch.
 *
 * @param size input size of the network, or null for the model's own
 * @param valSide pixels of a picture's longer side in the letterbox of val, 0 for what fits
 */
public record BatchInput(ImageSize size, int valSide) {
  /** Strides that val leaves free around a batch. */
  private static final double VAL_MARGIN = 0.5;

  /** The smallest input size, if the options ask for it and model and pictures allow it. */
  public static BatchInput fit(
      List<Image> images, PredictOptions options, ModelInfo info, boolean measuring) {
    boolean whole = !options.rect() || !info.dynamic() || info.task() == Task.CLASSIFY;
    if (whole || !measuring && !areOfOneSize(images)) {
      return new BatchInput(options.imgsz(), 0);
    }
    ImageSize most = options.imgsz() == null ? info.imgsz() : options.imgsz();
    if (measuring) {
      int side = Math.max(most.height(), most.width());
      return new BatchInput(aroundAll(images, side, info.stride()), side);
    }
    Image first = images.get(0);
    return new BatchInput(around(first.width(), first.height(), most, info.stride()), 0);
  }

  private static boolean areOfOneSize(List<Image> images) {
    Image first = images.get(0);
    return images.stream()
        .allMatch(image -> image.width() == first.width() && image.height() == first.height());
  }

  /** The picture scaled into {@code whole}, each side rounded up to the stride. */
  public static ImageSize around(int width, int height, ImageSize whole, int stride) {
    double scale = Math.min((double) whole.height() / height, (double) whole.width() / width);
    return new ImageSize(up(height * scale, stride), up(width * scale, stride));
  }

  private static int up(double side, int stride) {
    // The letterbox rounds to whole pixels first, halves to even.
    int pixels = Math.max((int) Math.rint(side), 1);
    return (pixels + stride - 1) / stride * stride;
  }

  /** The input of Ultralytics' val for pictures whose longer sides get {@code side} pixels. */
  public static ImageSize aroundAll(List<Image> images, int side, int stride) {
    double height = 0;
    double width = 0;
    for (Image image : images) {
      double ratio = (double) image.height() / image.width();
      height = Math.max(height, Math.min(1, ratio));
      width = Math.max(width, Math.min(1, 1 / ratio));
    }
    return new ImageSize(withMargin(height * side, stride), withMargin(width * side, stride));
  }

  private static int withMargin(double side, int stride) {
    int strides = (int) Math.ceil(side / stride + VAL_MARGIN);
    return Math.min(strides * stride, ImageSize.MAX_SIDE);
  }
}
