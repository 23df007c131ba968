// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.yolotorch.ColorMode;
import org.yolotorch.Image;
import org.yolotorch.PlotOptions;
import org.yolotorch.Result;
import org.yolotorch.Xyxy;
import org.yolotorch.Yolo;
import org.yolotorch.YoloException;
import org.yolotorch.internal.render.Palette;
import org.yolotorch.internal.render.Sizes;
import org.yolotorch.support.Assets;

class RendererTest {
  @Test
  void lineWidthFollowsThePicture() {
    assertEquals(2, Sizes.lineWidth(100, 100));
    assertEquals(3, Sizes.lineWidth(810, 1080));
    assertEquals(6, Sizes.lineWidth(1920, 2080));
  }

  @Test
  void coloursRepeat() {
    assertEquals(new Color(0x042AFF), Renderer.color(0));
    assertEquals(Renderer.color(1), Renderer.color(21));
    Set<Integer> light = new TreeSet<>();
    for (int id = 0; id < 20; id++) {
      if (Palette.CLASSES.textColor(id).equals(new Color(17, 31, 104))) {
        light.add(id);
      } else {
        assertEquals(Color.WHITE, Palette.CLASSES.textColor(id));
      }
    }
    assertEquals(Set.of(1, 2, 3, 5, 7, 8, 12, 14, 19), light);
  }

  @Test
  void wrongLineWidthIsRefused() {
    assertThrows(YoloException.InvalidArgument.class, () -> Renderer.defaults().withLineWidth(0));
    assertThrows(
        YoloException.InvalidArgument.class, () -> Renderer.defaults().withKeypointRadius(1001));
    assertThrows(YoloException.InvalidArgument.class, () -> Renderer.defaults().withFontSize(0));
    for (int wrong : new int[] {-1, 1001}) {
      PlotOptions.Builder options = PlotOptions.builder();
      assertThrows(YoloException.InvalidArgument.class, options.lineWidth(wrong)::build);
      assertThrows(
          YoloException.InvalidArgument.class, options.lineWidth(0).kptRadius(wrong)::build);
      assertThrows(
          YoloException.InvalidArgument.class, options.kptRadius(0).fontSize(wrong)::build);
    }
    assertThrows(YoloException.InvalidArgument.class, () -> ColorMode.of("rainbow"));
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
