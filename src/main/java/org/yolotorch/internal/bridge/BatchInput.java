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

  /** The input that the options ask for, around the pictures where val takes a rectangle. */
  public static BatchInput fit(
      List<Image> images, PredictOptions options, ModelInfo info, boolean measuring) {
    boolean around = measuring && options.rect() && info.dynamic();
    if (!around || info.task() == Task.CLASSIFY) {
      return new BatchInput(options.imgsz(), 0);
    }
    ImageSize most = options.imgsz() == null ? info.imgsz() : options.imgsz();
    int side = Math.max(most.height(), most.width());
    return new BatchInput(aroundAll(images, side, info.stride()), side);
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
