// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yolotorch.Image;
import org.yolotorch.Xywhr;
import org.yolotorch.support.Results;

class RotatedCropTest {
  private static final int SIDE = 200;

  private static BufferedImage gradient() {
    BufferedImage picture = new BufferedImage(60, 50, BufferedImage.TYPE_3BYTE_BGR);
    for (int y = 0; y < 50; y++) {
      for (int x = 0; x < 60; x++) {
        picture.setRGB(x, y, x * 4 << 16 | y * 5 << 8 | (x + y));
      }
    }
    return picture;
  }

  @Test
  void withoutATurnItIsAPart() {
    BufferedImage picture = gradient();
    // 20 and 10 become 30.4 and 20.2, rounded 30 and 20.
    BufferedImage crop = RotatedCrop.of(Image.of(picture), new Xywhr(30, 25, 20, 10, 0));
    assertEquals(30, crop.getWidth());
    assertEquals(20, crop.getHeight());
    for (int y = 0; y < 20; y++) {
      for (int x = 0; x < 30; x++) {
        assertEquals(picture.getRGB(15 + x, 15 + y), crop.getRGB(x, y), x + "," + y);
      }
    }
  }

  @Test
  void aQuarterTurnTurnsThePixels() {
    BufferedImage picture = gradient();
    Xywhr box = new Xywhr(30, 25, 20, 10, (float) (Math.PI / 2));
    BufferedImage crop = RotatedCrop.of(Image.of(picture), box);
    for (int y = 0; y < 20; y++) {
      for (int x = 0; x < 30; x++) {
        Color wanted = new Color(picture.getRGB(30 + 10 - 1 - y, 25 - 15 + x));
        Color got = new Color(crop.getRGB(x, y));
        assertEquals(wanted.getRed(), got.getRed(), 1);
        assertEquals(wanted.getGreen(), got.getGreen(), 1);
        assertEquals(wanted.getBlue(), got.getBlue(), 1);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.5, 1, 1.4})
  void whatIsDrawnAtAnAngleStandsUpright(double angle) {
    BufferedImage picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = picture.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.rotate(angle, 100, 100);
    graphics.setColor(Color.RED);
    graphics.fillRect(60, 80, 40, 40);
    graphics.setColor(Color.GREEN);
    graphics.fillRect(100, 80, 40, 40);
    graphics.dispose();
    BufferedImage crop =
        RotatedCrop.of(Image.of(picture), new Xywhr(100, 100, 80, 40, (float) angle));
    assertEquals(92, crop.getWidth());
    assertEquals(51, crop.getHeight());
    // Away from the edges, which are antialiased.
    for (int y = 0; y < 51; y++) {
      for (int x = 0; x < 92; x++) {
        boolean inside = x > 8 && x < 83 && y > 8 && y < 42 && Math.abs(x - 46) > 3;
        boolean outside = x < 3 || x > 88 || y < 2 || y > 48;
        Color colour = new Color(crop.getRGB(x, y));
        if (inside) {
          assertEquals(x < 46 ? Color.RED : Color.GREEN, colour, x + "," + y);
        } else if (outside) {
          assertEquals(Color.BLACK, colour, x + "," + y);
        }
      }
    }
  }

  @Test
  void beyondThePictureItIsBlack() {
    Image white = Results.image(255);
    BufferedImage corner = RotatedCrop.of(white, new Xywhr(0, 0, 40, 40, 0.7f));
    assertEquals(51, corner.getWidth());
    int black = 0;
    for (int y = 0; y < 51; y++) {
      for (int x = 0; x < 51; x++) {
        black += (corner.getRGB(x, y) & 0xFFFFFF) == 0 ? 1 : 0;
      }
    }
    assertEquals(51 * 51 * 3 / 4, black, 60);
    BufferedImage away = RotatedCrop.of(white, new Xywhr(-900, 4000, 40, 40, 0.7f));
    assertEquals(0, away.getRGB(25, 25) & 0xFFFFFF);
  }

  @Test
  void noBoxMakesALargePicture() {
    Image image = Results.image(9);
    for (float side : new float[] {1e9f, Float.POSITIVE_INFINITY, Float.NaN, -50, 0}) {
      BufferedImage crop = RotatedCrop.of(image, new Xywhr(100, 50, side, side, 0.3f));
      assertTrue(crop.getWidth() >= 1 && crop.getWidth() <= 224, "" + crop.getWidth());
    }
    assertEquals(1, RotatedCrop.of(image, new Xywhr(Float.NaN, 5, -90, 1, Float.NaN)).getWidth());
  }
}
