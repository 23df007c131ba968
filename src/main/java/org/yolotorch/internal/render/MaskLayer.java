// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.render;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.yolotorch.Mask;

/**
 * Draws coloured masks onto a picture: every mask halves the pixel beneath it, and half of the
 * maximum of all mask colours there, channel by channel, is added.
 */
public final class MaskLayer {
  private final int width;
  private final int height;
  private final byte[] pixels;
  private final int[] count;
  private final int[] strongest;

  /**
   * A layer over this picture.
   *
   * @param canvas of {@link BufferedImage#TYPE_3BYTE_BGR}
   */
  public MaskLayer(BufferedImage canvas) {
    width = canvas.getWidth();
    height = canvas.getHeight();
    pixels = ((DataBufferByte) canvas.getRaster().getDataBuffer()).getData();
    count = new int[width];
    strongest = new int[3 * width];
  }

  /** Draws the masks, each in the colour of its number. */
  public void draw(List<Mask> masks, IntFunction<Color> colors) {
    MaskView[] views = new MaskView[masks.size()];
    for (int i = 0; i < views.length; i++) {
      views[i] = new MaskView(masks.get(i), width, height);
    }
    for (int y = 0; y < height; y++) {
      int left = width;
      int right = 0;
      for (int i = 0; i < views.length; i++) {
        if (y >= views[i].top() && y < views[i].bottom()) {
          add(views[i], colors.apply(i), y);
          left = Math.min(left, views[i].left());
          right = Math.max(right, views[i].right());
        }
      }
      if (left < right) {
        blend(y, left, right);
      }
    }
  }

  private void add(MaskView mask, Color color, int y) {
    for (int x = mask.left(); x < mask.right(); x++) {
      if (mask.get(x, y)) {
        count[x]++;
        strongest[3 * x] = Math.max(strongest[3 * x], color.getBlue());
        strongest[3 * x + 1] = Math.max(strongest[3 * x + 1], color.getGreen());
        strongest[3 * x + 2] = Math.max(strongest[3 * x + 2], color.getRed());
      }
    }
  }

  /** Mixes one row and clears it for the next. */
  private void blend(int y, int left, int right) {
    for (int x = left; x < right; x++) {
      if (count[x] > 0) {
        int at = 3 * (y * width + x);
        float share = Math.scalb(1F, -count[x]);
        for (int i = 0; i < 3; i++) {
          pixels[at + i] = (byte) ((pixels[at + i] & 0xFF) * share + 0.5F * strongest[3 * x + i]);
        }
      }
    }
    Arrays.fill(count, left, right, 0);
    Arrays.fill(strongest, 3 * left, 3 * right, 0);
  }
}
