// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.render;

import org.yolotorch.Mask;

/**
 * A mask in pixels of the picture. One that was made in the network's input loses its letterbox
 * margins and is enlarged bilinearly, cut at one half.
 */
public final class MaskView {
  private final Mask mask;
  private final boolean direct;
  private final int marginX;
  private final int marginY;
  private final double scaleX;
  private final double scaleY;
  private final int left;
  private final int top;
  private final int right;
  private final int bottom;

  public MaskView(Mask mask, int width, int height) {
    this.mask = mask;
    int frameWidth = mask.frameWidth();
    int frameHeight = mask.frameHeight();
    direct = frameWidth == width && frameHeight == height;
    double gain = Math.min((double) frameHeight / height, (double) frameWidth / width);
    double padX = (frameWidth - width * gain) / 2;
    double padY = (frameHeight - height * gain) / 2;
    marginX = (int) Math.rint(padX - 0.1);
    marginY = (int) Math.rint(padY - 0.1);
    int innerWidth = Math.max(1, frameWidth - (int) Math.rint(padX + 0.1) - marginX);
    int innerHeight = Math.max(1, frameHeight - (int) Math.rint(padY + 0.1) - marginY);
    scaleX = (double) innerWidth / width;
    scaleY = (double) innerHeight / height;
    left = clamp(Math.floor((mask.left() - marginX - 1) / scaleX), width);
    top = clamp(Math.floor((mask.top() - marginY - 1) / scaleY), height);
    right = clamp(Math.ceil((mask.left() + mask.width() - marginX + 1) / scaleX), width);
    bottom = clamp(Math.ceil((mask.top() + mask.height() - marginY + 1) / scaleY), height);
  }

  private static int clamp(double value, int limit) {
    return (int) Math.max(0, Math.min(value, limit));
  }

  /** First column that may be set. */
  public int left() {
    return left;
  }

  /** First row that may be set. */
  public int top() {
    return top;
  }

  /** Behind the last column that may be set. */
  public int right() {
    return right;
  }

  /** Behind the last row that may be set. */
  public int bottom() {
    return bottom;
  }

  public boolean get(int x, int y) {
    if (direct) {
      return mask.get(x, y);
    }
    double atX = Math.max(0, (x + 0.5) * scaleX - 0.5);
    double atY = Math.max(0, (y + 0.5) * scaleY - 0.5);
    int column = (int) atX;
    int row = (int) atY;
    double shareX = atX - column;
    double shareY = atY - row;
    double upper = value(column, row) * (1 - shareX) + value(column + 1, row) * shareX;
    double lower = value(column, row + 1) * (1 - shareX) + value(column + 1, row + 1) * shareX;
    return upper * (1 - shareY) + lower * shareY > 0.5;
  }

  private int value(int column, int row) {
    return mask.get(column + marginX, row + marginY) ? 1 : 0;
  }
}
