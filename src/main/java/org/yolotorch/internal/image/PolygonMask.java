// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.image;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.List;
import org.yolotorch.ImageSize;
import org.yolotorch.Mask;
import org.yolotorch.PixelRect;
import org.yolotorch.Xy;
import org.yolotorch.YoloException;
import org.yolotorch.internal.Checks;

/** Makes masks of outlines. */
public final class PolygonMask {
  private PolygonMask() {}

  /** The pixels whose centres lie inside of the outline. */
  public static Mask of(List<Xy> outline, int width, int height) {
    Checks.range("width", width, 1, ImageSize.MAX_SIDE);
    Checks.range("height", height, 1, ImageSize.MAX_SIDE);
    if (outline.isEmpty()) {
      throw new YoloException.InvalidArgument(
          "An outline must have points, but has none; leave out an object without pixels.");
    }
    float[] points = new float[2 * outline.size()];
    float left = width;
    float top = height;
    float right = 0;
    float bottom = 0;
    Path2D.Float path = new Path2D.Float();
    for (int i = 0; i < outline.size(); i++) {
      float x = Math.max(0, Math.min(width, outline.get(i).x()));
      float y = Math.max(0, Math.min(height, outline.get(i).y()));
      points[2 * i] = x;
      points[2 * i + 1] = y;
      left = Math.min(left, x);
      top = Math.min(top, y);
      right = Math.max(right, x);
      bottom = Math.max(bottom, y);
      if (i == 0) {
        path.moveTo(x, y);
      } else {
        path.lineTo(x, y);
      }
    }
    path.closePath();
    PixelRect part =
        new PixelRect(
            (int) left,
            (int) top,
            (int) Math.ceil(right) - (int) left,
            (int) Math.ceil(bottom) - (int) top);
    Mask.Size size = new Mask.Size(width, height);
    return Mask.of(part, fill(path, part), points, size, size);
  }

  /** A bit per pixel, rows of whole bytes, the lowest bit first. */
  private static byte[] fill(Path2D path, PixelRect part) {
    int rowBytes = (part.width() + 7) / 8;
    byte[] bits = new byte[rowBytes * part.height()];
    if (bits.length == 0) {
      return bits;
    }
    BufferedImage picture =
        new BufferedImage(part.width(), part.height(), BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D graphics = picture.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.translate(-part.left(), -part.top());
    graphics.fill(path);
    graphics.dispose();
    for (int y = 0; y < part.height(); y++) {
      for (int x = 0; x < part.width(); x++) {
        if (picture.getRaster().getSample(x, y, 0) != 0) {
          bits[y * rowBytes + x / 8] |= (byte) (1 << x % 8);
        }
      }
    }
    return bits;
  }
}
