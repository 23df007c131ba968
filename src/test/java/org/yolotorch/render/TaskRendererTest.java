// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.yolotorch.support.Results.box;
import static org.yolotorch.support.Results.keypoints;
import static org.yolotorch.support.Results.mask;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.yolotorch.Box;
import org.yolotorch.Image;
import org.yolotorch.Keypoints;
import org.yolotorch.Result;
import org.yolotorch.Xyxy;
import org.yolotorch.internal.render.LabelFonts;
import org.yolotorch.internal.render.Sizes;
import org.yolotorch.support.ChildJvm;
import org.yolotorch.support.CpuTime;
import org.yolotorch.support.Results;

/** Scenes made by hand, on a grey picture of 200 x 100 pixels. */
class TaskRendererTest {
  private static final int GREY = 100;
  private static final Color GROUND = new Color(GREY, GREY, GREY);
  private static final Renderer PLAIN = Renderer.defaults().withLabels(false).withConf(false);

  private static BufferedImage draw(Renderer renderer, Result result) {
    return renderer.render(Results.image(GREY), result);
  }

  private static void pixel(Color expected, BufferedImage picture, int x, int y) {
    assertEquals(expected, new Color(picture.getRGB(x, y)), "at " + x + "," + y);
  }

  private static Color bgr(int blue, int green, int red) {
    return new Color(red, green, blue);
  }

  /** Whether any pixel of this part is not the ground. */
  private static boolean isTouched(BufferedImage picture, int x, int y, int width, int height) {
    for (int i = 0; i < width * height; i++) {
      if (picture.getRGB(x + i % width, y + i / width) != GROUND.getRGB()) {
        return true;
      }
    }
    return false;
  }

  @Test
  void masksHalveThePictureAndAddTheirColour() {
    List<Box> boxes = List.of(box(0, 0.9f, 20, 20, 100, 80), box(6, 0.8f, 60, 20, 150, 80));
    Result result =
        Results.segment(boxes, List.of(mask(false, 20, 20, 80, 60), mask(false, 60, 20, 90, 60)));
    BufferedImage picture = draw(PLAIN.withBoxes(false), result);
    // Class 0 is 042AFF, class 6 FF444F.
    pixel(new Color(50 + 2, 50 + 21, 177), picture, 30, 50);
    pixel(new Color(177, 50 + 34, 89), picture, 140, 50);
    pixel(new Color(25 + 127, 25 + 34, 25 + 127), picture, 80, 50);
    pixel(GROUND, picture, 19, 50);
    pixel(GROUND, picture, 150, 50);
    pixel(GROUND, picture, 80, 19);
    pixel(GROUND, picture, 80, 80);
    BufferedImage boxed = draw(PLAIN, result);
    pixel(Renderer.color(0), boxed, 20, 50);
    pixel(new Color(52, 71, 177), boxed, 30, 50);
  }

  @Test
  void masksOfTheNetworkAreEnlarged() {
    // 200 x 100 fits into 64 x 64 as 64 x 32, with margins of 16 above and below.
    Result result =
        Results.segment(List.of(box(0, 0.9f, 0, 0, 1, 1)), List.of(mask(true, 16, 16, 32, 32)));
    BufferedImage picture = draw(PLAIN.withBoxes(false), result);
    Color mixed = new Color(52, 71, 177);
    pixel(mixed, picture, 51, 0);
    pixel(mixed, picture, 148, 99);
    pixel(GROUND, picture, 48, 50);
    pixel(GROUND, picture, 151, 50);
  }

  /** Seventeen points on two rows, each this visible. */
  private static Keypoints person(float visibility) {
    float[] values = new float[51];
    for (int k = 0; k < 17; k++) {
      values[3 * k] = 20 + 20 * (k / 2);
      values[3 * k + 1] = k % 2 == 0 ? 30 : 70;
      values[3 * k + 2] = visibility;
    }
    return keypoints(values);
  }

  private static BufferedImage pose(Keypoints pose) {
    return draw(
        PLAIN.withLineWidth(6).withKeypointRadius(5),
        Results.pose(List.of(box(0, 0.9f, 0, 0, 1, 1)), List.of(pose)));
  }

  @Test
  void personsHavePointsAndLimbs() {
    BufferedImage picture = pose(person(0.9f));
    pixel(bgr(0, 255, 0), picture, 20, 28);
    pixel(bgr(255, 128, 0), picture, 80, 27);
    pixel(bgr(51, 153, 255), picture, 140, 72);
    // Limbs 1-2, 6-7, 12-13 and 12-14.
    pixel(bgr(0, 255, 0), picture, 20, 50);
    pixel(bgr(255, 128, 0), picture, 70, 50);
    pixel(bgr(255, 51, 255), picture, 130, 50);
    pixel(bgr(51, 153, 255), picture, 130, 70);
    pixel(GROUND, picture, 10, 50);
    // A point that may be invisible is drawn where the model does not tell.
    assertEquals(picture.getRGB(80, 27), pose(person(Float.NaN)).getRGB(80, 27));
  }

  @Test
  void hiddenAndClippedPointsAreNotDrawn() {
    assertTrue(!isTouched(pose(person(0.24f)), 5, 5, 190, 90));
    assertTrue(isTouched(pose(person(0.25f)), 5, 5, 190, 90));
    float[] border = new float[51];
    for (int k = 0; k < 17; k++) {
      border[3 * k] = k % 2 == 0 ? 200 : 0;
      border[3 * k + 1] = 50;
      border[3 * k + 2] = 1;
    }
    assertTrue(!isTouched(pose(keypoints(border)), 5, 5, 195, 95));
  }

  @Test
  void otherPointsHaveNoLimbs() {
    BufferedImage picture = pose(keypoints(50, 50, Float.NaN, 100, 50, 0.9f, 150, 50, 0.1f));
    pixel(Renderer.color(0), picture, 50, 50);
    pixel(Renderer.color(1), picture, 100, 50);
    pixel(GROUND, picture, 75, 50);
    pixel(GROUND, picture, 150, 50);
    pixel(Renderer.color(0), picture, 50, 54);
    pixel(GROUND, picture, 50, 57);
    BufferedImage large =
        draw(
            PLAIN.withKeypointRadius(12),
            Results.pose(List.of(box(0, 0.9f, 0, 0, 1, 1)), List.of(keypoints(50, 50, Float.NaN))));
    pixel(Renderer.color(0), large, 50, 60);
  }

  @Test
  void rotatedBoxesAreDrawnRotated() {
    Result result = Results.obb(Results.obb(6, 0.9f, 100, 50, 60, 40, Math.PI / 4));
    BufferedImage picture = draw(PLAIN.withLineWidth(6), result);
    Color color = Renderer.color(6);
    int along = (int) Math.round(30 * Math.sqrt(0.5));
    int across = (int) Math.round(20 * Math.sqrt(0.5));
    pixel(color, picture, 100 + along, 50 + along);
    pixel(color, picture, 100 - along, 50 - along);
    pixel(color, picture, 100 + across, 50 - across);
    pixel(GROUND, picture, 100, 50);
    pixel(GROUND, picture, 70, 20);
    pixel(GROUND, picture, 130, 80);
    assertTrue(!isTouched(draw(PLAIN.withBoxes(false), result), 0, 0, 200, 100));
    // The label begins at the topmost corner, about 93,15, above if it fits there, else inside.
    Renderer small = Renderer.defaults().withFontSize(7);
    assertTrue(!isTouched(picture, 105, 5, 20, 7));
    assertTrue(isTouched(draw(small, result), 105, 5, 20, 7));
    assertTrue(!isTouched(picture, 110, 16, 20, 10));
    assertTrue(isTouched(draw(small.withFontSize(16), result), 110, 16, 20, 10));
  }

  @Test
  void classesAreListedOnADarkBlock() {
    Map<Integer, String> names = Map.of(0, "cat", 1, "dog");
    Result result = Results.classify(names, 0.2f, 0.8f);
    BufferedImage picture = draw(Renderer.defaults(), result);
    // 3 % of 100 rows; half of 100 and half of 64.
    assertEquals(82, new Color(picture.getRGB(3, 3)).getRed(), 1);
    pixel(GROUND, picture, 2, 10);
    pixel(GROUND, picture, 10, 2);
    pixel(GROUND, picture, 150, 90);
    assertTrue(isTouched(draw(Renderer.defaults().withConf(false), result), 3, 3, 50, 30));
    assertTrue(!isTouched(draw(PLAIN, result), 0, 0, 200, 100));
  }

  @Test
  void namesOfEveryScriptAreDrawn() {
    for (String name :
        List.of(
            "\u043A\u043E\u0442",
            "\u732B",
            "\u0642\u0637",
            "\uD83D\uDC31",
            "a\nb\u0000",
            "\uD83D",
            "",
            "x".repeat(500))) {
      Result result = Results.classify(Map.of(0, name), 1);
      assertTrue(isTouched(draw(Renderer.defaults(), result), 3, 3, 30, 10), name);
      Box box = new Box(0, name, 0.5f, box(0, 0.5f, 50, 50, 90, 90).xyxy(), 200, 100);
      draw(Renderer.defaults(), Results.detect(box));
    }
  }

  @Test
  void withoutAFontAllButTheTextIsDrawn() {
    Result detected = Results.detect(box(6, 0.9f, 50, 40, 150, 90));
    Result classified = Results.classify(Map.of(), 1);
    LabelFonts.missing = true;
    try {
      BufferedImage picture = draw(Renderer.defaults(), detected);
      pixel(Renderer.color(6), picture, 50, 60);
      pixel(GROUND, picture, 60, 30);
      assertTrue(!isTouched(draw(Renderer.defaults(), classified), 0, 0, 200, 100));
    } finally {
      LabelFonts.missing = false;
    }
    assertNotEquals(GROUND.getRGB(), draw(Renderer.defaults(), detected).getRGB(60, 30));
  }

  /**
   * Against the same rectangles and words drawn by Java alone, in turn. In a JVM of its own: the
   * checks this one runs under cost more than the drawing.
   */
  @Test
  void drawingCostsWhatJavaTakesForIt() throws IOException, InterruptedException {
    System.out.println(ChildJvm.run(List.of(), Many.class));
  }

  /** Compares the CPU time of drawing 300 boxes, ours and Java's. */
  static final class Many {
    private static final int RUNS = 60;

    private Many() {}

    public static void main(String[] args) throws Exception {
      Box[] boxes = new Box[300];
      Random random = new Random(1);
      for (int i = 0; i < boxes.length; i++) {
        float x = random.nextFloat() * 1700;
        float y = random.nextFloat() * 900;
        Xyxy corners =
            new Xyxy(x, y, x + 20 + random.nextFloat() * 200, y + 20 + random.nextFloat() * 150);
        boxes[i] = new Box(i % 80, "dining table", random.nextFloat(), corners, 1920, 1080);
      }
      Result result = Results.detect(boxes);
      Image image = Image.of(new BufferedImage(1920, 1080, BufferedImage.TYPE_3BYTE_BGR));
      CpuTime.assertRatio(
          "draw_300_boxes_over_java2d",
          2,
          RUNS,
          () -> Renderer.defaults().render(image, result),
          () -> drawPlainly(image, boxes));
    }

    private static Object drawPlainly(Image image, Box[] boxes) {
      Graphics2D graphics = image.toBufferedImage().createGraphics();
      int line = Sizes.lineWidth(image.width(), image.height());
      graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 8 * line));
      graphics.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      FontMetrics metrics = graphics.getFontMetrics();
      for (Box box : boxes) {
        Xyxy corners = box.xyxy();
        int x = (int) corners.x1();
        int y = (int) corners.y1();
        int width = (int) corners.x2() - x;
        int height = (int) corners.y2() - y;
        String text = box.label() + " 0.57";
        graphics.setColor(Color.BLUE);
        graphics.fillRect(x, y, width, line);
        graphics.fillRect(x, y + height, width, line);
        graphics.fillRect(x, y, line, height);
        graphics.fillRect(x + width, y, line, height);
        graphics.fillRect(x, y, metrics.stringWidth(text), metrics.getHeight());
        graphics.setColor(Color.WHITE);
        graphics.drawString(text, x, y + metrics.getAscent());
      }
      graphics.dispose();
      return null;
    }
  }
}
