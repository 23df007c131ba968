// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.yolotorch.support.Results;

class MaskTest {
  /** Ten columns, so that a row takes two bytes; lowest bit first. */
  private static Mask mask() {
    byte[] bits = {0b0000_0001, 0b10, (byte) 0b1000_0000, 0b01};
    float[] outline = {20, 10, 30, 50};
    PixelRect part = new PixelRect(3, 5, 10, 2);
    return Mask.of(part, bits, outline, new Mask.Size(13, 7), new Mask.Size(200, 100));
  }

  @Test
  void bitsAreFoundAtTheirPlaces() {
    Mask mask = mask();
    List<List<Integer>> set =
        List.of(List.of(3, 5), List.of(12, 5), List.of(10, 6), List.of(11, 6));
    for (int y = -3; y < 12; y++) {
      for (int x = -3; x < 20; x++) {
        assertEquals(set.contains(List.of(x, y)), mask.get(x, y), x + "," + y);
      }
    }
    assertFalse(mask.get(Integer.MIN_VALUE, Integer.MAX_VALUE));
    assertEquals(4, mask.area());
  }

  @Test
  void bitmapIsTheWholeFrame() {
    Mask mask = mask();
    BufferedImage bitmap = mask.toBitmap();
    assertEquals(BufferedImage.TYPE_BYTE_BINARY, bitmap.getType());
    assertEquals(mask.frameWidth(), bitmap.getWidth());
    assertEquals(mask.frameHeight(), bitmap.getHeight());
    for (int y = 0; y < 7; y++) {
      for (int x = 0; x < 13; x++) {
        assertEquals(mask.get(x, y) ? 0xFFFFFFFF : 0xFF000000, bitmap.getRGB(x, y));
      }
    }
  }

  @Test
  void outlineIsInThePictureWhateverTheFrame() {
    assertEquals(List.of(new Xy(20, 10), new Xy(30, 50)), mask().polygon());
    assertEquals(List.of(new Xy(0.1f, 0.1f), new Xy(0.15f, 0.5f)), mask().polygonn());
  }

  @Test
  void equalMasksAreEqual() {
    assertEquals(mask(), mask());
    assertEquals(mask().hashCode(), mask().hashCode());
    assertNotEquals(mask(), Results.mask(false, 3, 5, 10, 2));
    assertTrue(mask().toString().contains("area 4"), mask().toString());
  }

  @Test
  void emptyMaskHasNothing() {
    Mask.Size size = new Mask.Size(8, 8);
    Mask mask = Mask.of(new PixelRect(0, 0, 0, 0), new byte[0], new float[0], size, size);
    assertEquals(0, mask.area());
    assertEquals(List.of(), mask.polygon());
    assertFalse(mask.get(0, 0));
    assertEquals(8, mask.toBitmap().getWidth());
  }
}
