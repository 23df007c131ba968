// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yolotorch.Box;
import org.yolotorch.ColorMode;
import org.yolotorch.Detections;
import org.yolotorch.Image;
import org.yolotorch.ImageSize;
import org.yolotorch.Keypoint;
import org.yolotorch.Keypoints;
import org.yolotorch.Mask;
import org.yolotorch.Obb;
import org.yolotorch.PixelRect;
import org.yolotorch.PlotOptions;
import org.yolotorch.Probs;
import org.yolotorch.Result;
import org.yolotorch.Speed;
import org.yolotorch.Task;
import org.yolotorch.Xywhr;
import org.yolotorch.Xyxy;
import org.yolotorch.support.ChildJvm;

/** Every task on black pictures from 60 to 4000 pixels: sizes, colours and counts of pixels. */
class SizesTest {
  private static final Renderer PLAIN = Renderer.defaults().withLabels(false).withConf(false);

  /** Two objects of the classes 6 and 6, side by side, a quarter of the picture each. */
  private static Result scene(Task task, int side) {
    List<Box> boxes = new ArrayList<>();
    List<Mask> masks = new ArrayList<>();
    List<Keypoints> poses = new ArrayList<>();
    List<Obb> obbs = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      float left = side * (i == 0 ? 0.1f : 0.6f);
      float top = side * 0.4f;
      float extent = side * 0.3f;
      Xyxy corners = new Xyxy(left, top, left + extent, top + extent);
      boxes.add(new Box(6, "train", 0.9f - i / 10f, corners, side, side));
      masks.add(mask((int) left, (int) top, (int) extent, side));
      Xywhr turned = new Xywhr(left + extent / 2, top + extent / 2, extent, extent / 2, 0.3f);
      obbs.add(new Obb(6, "train", 0.9f - i / 10f, turned, side, side));
      List<Keypoint> points = new ArrayList<>();
      for (int k = 0; k < 17; k++) {
        // Far apart: two columns.
        float x = left + (k % 2) * extent;
        points.add(new Keypoint(x, side * 0.1f + k / 2 * side * 0.1f, 0.9f));
      }
      poses.add(new Keypoints(points, side, side));
    }
    Map<Integer, String> names = Map.of(0, "railway station", 1, "b", 2, "c", 3, "d", 4, "e");
    Detections detections =
        switch (task) {
          case DETECT -> Detections.ofBoxes(boxes);
          case SEGMENT -> Detections.ofMasks(boxes, masks);
          case POSE -> Detections.ofKeypoints(boxes, poses);
          case OBB -> Detections.ofObbs(obbs);
          case CLASSIFY ->
              Detections.ofProbs(Probs.of(new float[] {0.5f, 0.2f, 0.1f, 0.1f, 0.1f}, names));
        };
    Image image = Image.of(new BufferedImage(side, side, BufferedImage.TYPE_3BYTE_BGR));
    return Result.of(task, image, ImageSize.square(32), names, new Speed(0, 0, 0), detections);
  }

  private static Mask mask(int left, int top, int extent, int side) {
    byte[] bits = new byte[(extent + 7) / 8 * extent];
    java.util.Arrays.fill(bits, (byte) -1);
    float[] outline = {left, top, left, top + extent, left + extent, top + extent};
    Mask.Size size = new Mask.Size(side, side);
    return Mask.of(new PixelRect(left, top, extent, extent), bits, outline, size, size);
  }

  private static BufferedImage draw(Renderer renderer, Result result) {
    return renderer.render(result.image(), result);
  }

  private static int count(BufferedImage picture, Color color) {
    int count = 0;
    for (int rgb : pixels(picture)) {
      count += rgb == color.getRGB() ? 1 : 0;
    }
    return count;
  }

  private static int[] pixels(BufferedImage picture) {
    int width = picture.getWidth();
    return picture.getRGB(0, 0, width, picture.getHeight(), null, 0, width);
  }

  private static int touched(BufferedImage picture) {
    return pixels(picture).length - count(picture, Color.BLACK);
  }

  /** The length of the run of this colour along a row or column through a point. */
  private static int run(BufferedImage picture, int x, int y, boolean row) {
    int color = picture.getRGB(x, y);
    int from = 0;
    while (picture.getRGB(row ? x - from : x, row ? y : y - from) == color) {
      from++;
    }
    int to = 0;
    while (picture.getRGB(row ? x + to : x, row ? y : y + to) == color) {
      to++;
    }
    return from + to - 1;
  }

  @ParameterizedTest
  @CsvSource({"60, 1, 2", "100, 1, 2", "320, 2, 2", "640, 3, 2", "1000, 5, 3", "4000, 20, 12"})
  void pointsLimbsAndFramesFollowThePicture(int side, int radius, int line) {
    Keypoints one =
        new Keypoints(
            List.of(new Keypoint(side / 2, side / 2, 1), new Keypoint(side / 4, side / 4, 1)),
            side,
            side);
    Box box = new Box(6, "a", 1, new Xyxy(side / 8, side / 8, side - 9, side - 9), side, side);
    Image image = Image.of(new BufferedImage(side, side, BufferedImage.TYPE_3BYTE_BGR));
    Detections detections = Detections.ofKeypoints(List.of(box), List.of(one));
    Result result =
        Result.of(Task.POSE, image, ImageSize.square(32), Map.of(), new Speed(0, 0, 0), detections);
    BufferedImage picture = draw(PLAIN, result);
    // The edge is smooth.
    assertEquals(2 * radius, run(picture, side / 2, side / 2, true), 1);
    assertEquals(2 * radius, run(picture, side / 2, side / 2, false), 1);
    assertEquals(line, run(picture, side / 8, side / 2, true));
    assertEquals(10, run(draw(PLAIN.withKeypointRadius(5), result), side / 2, side / 2, true), 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {60, 100, 640, 1000})
  void aPersonCoversAboutTheSamePartOfThePicture(int side) {
    assertPersonIsDrawn(side);
  }

  private static void assertPersonIsDrawn(int side) {
    Result result = scene(Task.POSE, side);
    Renderer renderer = PLAIN.withBoxes(false);
    double part = touched(draw(renderer, result)) / ((double) side * side);
    // Thin lines cannot become thinner in small pictures.
    assertTrue(part > 0.005 && part < (side < 200 ? 0.2 : 0.05), side + ": " + part);
    int points = touched(draw(renderer.withKeypointLines(false), result));
    assertTrue(points > 2 * 17 * 4 && points < touched(draw(renderer, result)), "" + points);
  }

  @ParameterizedTest
  @EnumSource(Task.class)
  void everySizeOfEveryTaskIsDrawn(Task task) {
    for (int side : new int[] {60, 100, 640}) {
      assertTaskIsDrawn(task, side);
    }
  }

  private static void assertTaskIsDrawn(Task task, int side) {
    Result result = scene(task, side);
    BufferedImage picture = draw(Renderer.defaults(), result);
    assertEquals(side, picture.getWidth());
    // Labels must not hide what they name.
    double part = touched(picture) / ((double) side * side);
    double most = task == Task.SEGMENT || side <= 100 ? 0.95 : 0.4;
    assertTrue(part > 0.005 && part < most, task + " " + side + ": " + part);
    assertTrue(touched(draw(PLAIN, result)) < touched(picture), task + " " + side);
    if (task == Task.DETECT || task == Task.SEGMENT || task == Task.OBB) {
      assertTrue(count(picture, Renderer.color(6)) > side, task + " " + side);
    }
  }

  /** The block of five classes ends before the picture does, at all sizes. */
  @ParameterizedTest
  @ValueSource(ints = {60, 100, 640})
  void classesFitIntoThePicture(int side) {
    assertClassesFit(side);
  }

  private static void assertClassesFit(int side) {
    BufferedImage picture = draw(Renderer.defaults(), scene(Task.CLASSIFY, side));
    int rows = 0;
    int[] pixels = pixels(picture);
    for (int y = 0; y < side; y++) {
      rows += pixels[y * side + side / 20 + 1] != Color.BLACK.getRGB() ? 1 : 0;
    }
    assertTrue(rows >= 35 && rows < side, rows + " of " + side);
    assertEquals(Color.BLACK.getRGB(), picture.getRGB(side - 1, side - 1));
  }

  @ParameterizedTest
  @EnumSource(
      value = Task.class,
      names = {"DETECT", "SEGMENT", "OBB", "POSE"})
  void objectsOfAClassCanHaveColoursOfTheirOwn(Task task) {
    Color first = new Color(10, 200, 30);
    Color second = new Color(200, 20, 200);
    PlotOptions.Builder options =
        PlotOptions.builder().labels(false).conf(false).palette(List.of(first, second));
    Result result = scene(task, 640);
    // Class 6 of two colours is the first.
    BufferedImage byClass = result.plot(options.build());
    assertTrue(count(byClass, first) > 0, "by class");
    assertEquals(0, count(byClass, second));
    BufferedImage own = result.plot(options.colorMode(ColorMode.INSTANCE).build());
    assertTrue(count(own, first) > 0 && count(own, second) > 0, "by instance");
    if (task == Task.POSE) {
      Set<Integer> solid = new TreeSet<>();
      BufferedImage points = result.plot(options.boxes(false).build());
      solid.add(points.getRGB((int) (640 * 0.1f), 64));
      solid.add(points.getRGB((int) (640 * 0.6f), 64));
      assertEquals(new TreeSet<>(List.of(first.getRGB(), second.getRGB())), solid);
    }
    if (task == Task.SEGMENT) {
      BufferedImage masks = result.plot(options.boxes(false).build());
      assertEquals(new Color(5, 100, 15).getRGB(), masks.getRGB(160, 350));
      assertEquals(new Color(100, 10, 100).getRGB(), masks.getRGB(480, 350));
      assertEquals(0, touched(result.plot(options.masks(false).build())));
    }
  }

  /** Boxes on top of each other: the labels lie apart, and no frame crosses them. */
  @ParameterizedTest
  @ValueSource(ints = {640, 4000})
  void labelsOfEqualBoxesAreAllSeen(int side) {
    List<Box> boxes = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Xyxy corners = new Xyxy(side / 4, side / 2, side * 3 / 4, side * 3 / 4);
      boxes.add(new Box(i, "person", 0.9f, corners, side, side));
    }
    Image image = Image.of(new BufferedImage(side, side, BufferedImage.TYPE_3BYTE_BGR));
    Result result =
        Result.of(
            Task.DETECT,
            image,
            ImageSize.square(32),
            Map.of(),
            new Speed(0, 0, 0),
            Detections.ofBoxes(boxes));
    BufferedImage picture = draw(Renderer.defaults(), result);
    int[] shown = new int[4];
    for (int i = 1; i < 4; i++) {
      shown[i] = count(picture, Renderer.color(i));
    }
    // The first box's frame hides the others, so what is left of these is their labels.
    int least = shown[1] / 2;
    assertTrue(least > 200, "" + least);
    for (int i = 2; i < 4; i++) {
      assertTrue(shown[i] > least, i + ": " + shown[i] + " of " + shown[1]);
    }
  }

  /** In a JVM of its own: the checks this one runs under copy the whole picture at every stroke. */
  @Test
  void picturesOfSixteenMegapixelsAreDrawn() throws IOException, InterruptedException {
    assertEquals("drawn", ChildJvm.run(List.of(), Large.class));
  }

  /** Draws every task. */
  static final class Large {
    private static final int SIDE = 4000;

    private Large() {}

    public static void main(String[] args) {
      assertPersonIsDrawn(SIDE);
      assertClassesFit(SIDE);
      for (Task task : Task.values()) {
        assertTaskIsDrawn(task, SIDE);
      }
      System.out.println("drawn");
    }
  }
}
