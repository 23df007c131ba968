// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yolotorch.Image;
import org.yolotorch.Result;
import org.yolotorch.Xyxy;
import org.yolotorch.Yolo;
import org.yolotorch.YoloException;
import org.yolotorch.internal.render.Chip;
import org.yolotorch.internal.render.Drawing;
import org.yolotorch.internal.render.Palette;
import org.yolotorch.support.Assets;

class RendererTest {
  private static final int WIDTH = 300;
  private static final int HEIGHT = 200;

  private static Rectangle chip(float x, float y) {
    Graphics2D graphics =
        new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR).createGraphics();
    try {
      Chip chip = Chip.of(graphics, WIDTH, HEIGHT, 2);
      assertNotNull(chip, "this test needs a font");
      return chip.place("person 0.87", x, y);
    } finally {
      graphics.dispose();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "100, 100",
    "0, 0",
    "290, 0",
    "290, 190",
    "0, 190",
    "100, 3",
    "-50, -50",
    "1e9, 1e9",
    "-1e9, 100",
    "NaN, NaN"
  })
  void labelStaysInsideThePicture(float x, float y) {
    Rectangle chip = chip(x, y);
    assertTrue(new Rectangle(WIDTH, HEIGHT).contains(chip), chip.toString());
  }

  @Test
  void labelIsAboveWhereItFitsElseInside() {
    Rectangle above = chip(50, 100);
    assertEquals(100, above.y + above.height);
    assertEquals(50, above.x);
    assertEquals(3, chip(50, 3).y);
  }

  @Test
  void lineWidthFollowsThePicture() {
    assertEquals(2, Drawing.defaultLineWidth(100, 100));
    assertEquals(3, Drawing.defaultLineWidth(810, 1080));
    assertEquals(6, Drawing.defaultLineWidth(1920, 2080));
  }

  @Test
  void coloursRepeat() {
    assertEquals(new Color(0x042AFF), Renderer.color(0));
    assertEquals(Renderer.color(1), Renderer.color(21));
    assertEquals(Color.WHITE, Palette.textColor(0));
    assertEquals(new Color(17, 31, 104), Palette.textColor(39));
  }

  @Test
  void wrongLineWidthIsRefused() {
    assertThrows(YoloException.InvalidArgument.class, () -> Renderer.defaults().withLineWidth(0));
    assertThrows(
        YoloException.InvalidArgument.class, () -> Renderer.defaults().withKeypointRadius(1001));
  }

  @Test
  void drawsOntoACopy() {
    Image image = Image.read(Assets.picture("bus.jpg"));
    try (Yolo model = Yolo.load(Assets.get("exported/yolo11n.torchscript"))) {
      Result result = model.predict(image);
      BufferedImage before = image.toBufferedImage();
      BufferedImage drawn = Renderer.defaults().render(image, result);
      Xyxy bus = result.boxes().get(0).xyxy();
      int middle = (int) (bus.y1() + bus.y2()) / 2;
      assertEquals(Renderer.color(5).getRGB(), drawn.getRGB((int) bus.x1(), middle));
      assertEquals(
          before.getRGB((int) bus.x1(), middle),
          image.toBufferedImage().getRGB((int) bus.x1(), middle));
      BufferedImage plain =
          Renderer.defaults().withLabels(false).withConf(false).render(image, result);
      assertNotEquals(
          Renderer.color(5).getRGB(), plain.getRGB((int) bus.x1() + 6, (int) bus.y1() - 6));
    }
  }
}
