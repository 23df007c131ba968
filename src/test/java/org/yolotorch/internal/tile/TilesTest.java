// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.tile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.yolotorch.Box;
import org.yolotorch.Image;
import org.yolotorch.ImageSize;
import org.yolotorch.Mask;
import org.yolotorch.PixelFormat;
import org.yolotorch.PredictOptions;
import org.yolotorch.Result;
import org.yolotorch.Xy;
import org.yolotorch.Xyxy;
import org.yolotorch.Yolo;
import org.yolotorch.YoloException;
import org.yolotorch.internal.bridge.BatchInput;
import org.yolotorch.support.Assets;

/** Prediction by tiles, and by the smallest rectangle. */
class TilesTest {
  private static final int GRID = 4;
  private static final int SIDE = 2560;
  private static final int MOSAICS = 4;

  private record Truth(int classId, Xyxy box) {}

  @Test
  void tilesCoverThePictureAndOverlap() {
    assertArrayEquals(new int[] {0}, Tiles.starts(640, 640, 0.2));
    assertArrayEquals(new int[] {0, 1}, Tiles.starts(641, 640, 0.2));
    assertArrayEquals(new int[] {0, 640, 1280, 1920}, Tiles.starts(2560, 640, 0));
    for (int length : new int[] {700, 1000, 2560, 4001}) {
      int[] starts = Tiles.starts(length, 640, 0.2);
      assertEquals(0, starts[0]);
      assertEquals(length - 640, starts[starts.length - 1]);
      for (int i = 1; i < starts.length; i++) {
        assertTrue(starts[i - 1] + 640 - starts[i] >= 0.2 * 640 - 1, length + " at " + i);
      }
    }
  }

  @Test
  void polygonsOverlapByTheirCommonArea() {
    Polygon square = new Polygon(List.of(new Xy(0, 0), new Xy(4, 0), new Xy(4, 4), new Xy(0, 4)));
    Polygon moved = new Polygon(List.of(new Xy(2, 6), new Xy(6, 6), new Xy(6, 2), new Xy(2, 2)));
    Polygon diamond =
        new Polygon(List.of(new Xy(2, -1), new Xy(5, 2), new Xy(2, 5), new Xy(-1, 2)));
    assertEquals(16, square.area());
    assertEquals(4, square.overlap(moved), 1e-6);
    assertEquals(4, moved.overlap(square), 1e-6);
    assertEquals(18, diamond.area());
    // The square without its four corners of half a square pixel each.
    assertEquals(14, square.overlap(diamond), 1e-5);
    Polygon far = new Polygon(List.of(new Xy(9, 9), new Xy(10, 9), new Xy(10, 10), new Xy(9, 10)));
    assertEquals(0, square.overlap(far));
  }

  private static void mosaic(int number, BufferedImage canvas, List<Truth> truths)
      throws IOException {
    List<Path> files;
    try (var all = Files.list(Assets.get("images/coco128"))) {
      files = all.sorted().skip((long) number * GRID * GRID).limit(GRID * GRID).toList();
    }
    int cell = SIDE / GRID;
    Graphics2D graphics = canvas.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    for (int i = 0; i < files.size(); i++) {
      BufferedImage picture = Image.read(files.get(i)).toBufferedImage();
      double scale =
          Math.min((double) cell / picture.getWidth(), (double) cell / picture.getHeight());
      int width = (int) (picture.getWidth() * scale);
      int height = (int) (picture.getHeight() * scale);
      int left = i % GRID * cell;
      int top = i / GRID * cell;
      graphics.drawImage(picture, left, top, width, height, null);
      String name = files.get(i).getFileName().toString().replaceFirst("\\.\\w+$", ".txt");
      Path labels = Assets.get("labels/coco128").resolve(name);
      if (!Files.exists(labels)) {
        continue;
      }
      for (String line : Files.readAllLines(labels)) {
        String[] parts = line.strip().split("\\s+");
        float x = Float.parseFloat(parts[1]) * width + left;
        float y = Float.parseFloat(parts[2]) * height + top;
        float w = Float.parseFloat(parts[3]) * width / 2;
        float h = Float.parseFloat(parts[4]) * height / 2;
        truths.add(new Truth(Integer.parseInt(parts[0]), new Xyxy(x - w, y - h, x + w, y + h)));
      }
    }
    graphics.dispose();
  }

  /** Objects that a box of their class overlaps by half; each box counts for one. */
  private static int recalled(List<Truth> truths, Result result) {
    List<Box> free = new ArrayList<>(result.boxes());
    int found = 0;
    for (Truth truth : truths) {
      Box best = null;
      double most = 0.5;
      for (Box box : free) {
        double iou = iou(truth.box(), box.xyxy());
        if (box.classId() == truth.classId() && iou >= most) {
          most = iou;
          best = box;
        }
      }
      if (best != null) {
        free.remove(best);
        found++;
      }
    }
    return found;
  }

  private static double iou(Xyxy a, Xyxy b) {
    double width = Math.min(a.x2(), b.x2()) - Math.max(a.x1(), b.x1());
    double height = Math.min(a.y2(), b.y2()) - Math.max(a.y1(), b.y1());
    double common = Math.max(width, 0) * Math.max(height, 0);
    double areas = (a.x2() - a.x1()) * (a.y2() - a.y1()) + (b.x2() - b.x1()) * (b.y2() - b.y1());
    return common / (areas - common);
  }

  @Test
  void tilesFindSmallObjects() throws IOException {
    int objects = 0;
    int whole = 0;
    int tiled = 0;
    int boxes = 0;
    try (Yolo model = Yolo.load(Assets.get("exported/yolo11n.torchscript"))) {
      for (int i = 0; i < MOSAICS; i++) {
        BufferedImage canvas = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_3BYTE_BGR);
        List<Truth> truths = new ArrayList<>();
        mosaic(i, canvas, truths);
        Image image = Image.of(canvas);
        objects += truths.size();
        whole += recalled(truths, model.predict(image));
        PredictOptions options = PredictOptions.builder().tile(640).overlap(0.2).build();
        Result result = model.predict(image, options);
        tiled += recalled(truths, result);
        boxes += result.boxes().size();
        for (int k = 1; k < result.boxes().size(); k++) {
          assertTrue(result.boxes().get(k - 1).confidence() >= result.boxes().get(k).confidence());
        }
      }
    }
    Assets.figure("tile_objects", objects, "objects");
    Assets.figure("tile_recall_one_pass", (double) whole / objects, "");
    Assets.figure("tile_recall_tiled", (double) tiled / objects, "");
    Assets.figure("tile_precision_tiled", (double) tiled / boxes, "");
    Assets.figure("tile_recall_ratio", (double) tiled / whole, "x");
    assertTrue(tiled >= 1.3 * whole, tiled + " against " + whole + " of " + objects);
  }

  private static Image repeated(Path file, int times) throws IOException {
    BufferedImage picture = Image.read(file).toBufferedImage();
    BufferedImage canvas =
        new BufferedImage(
            picture.getWidth() * times, picture.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = canvas.createGraphics();
    for (int i = 0; i < times; i++) {
      graphics.drawImage(picture, i * picture.getWidth(), 0, null);
    }
    graphics.dispose();
    return Image.of(canvas);
  }

  @Test
  void everyTaskKeepsItsPartsTogether() throws IOException {
    PredictOptions options = PredictOptions.builder().tile(800).build();
    try (Yolo model = Yolo.load(Assets.get("weights/yolo11n-seg.pt"))) {
      Result result = model.predict(repeated(Assets.picture("bus.jpg"), 3), options);
      assertEquals(result.boxes().size(), result.masks().size());
      assertTrue(result.boxes().size() >= 9, result.summary());
      for (int i = 0; i < result.boxes().size(); i++) {
        Xyxy box = result.boxes().get(i).xyxy();
        Mask mask = result.masks().get(i);
        // A pixel of the prototypes is up to 15 of the picture.
        assertEquals(result.imageWidth(), mask.frameWidth());
        assertTrue(mask.left() >= box.x1() - 20 && mask.left() + mask.width() <= box.x2() + 20);
        for (Xy point : mask.polygon()) {
          assertTrue(point.x() >= box.x1() - 20 && point.x() <= box.x2() + 20);
        }
      }
      result.plot();
    }
    try (Yolo model = Yolo.load(Assets.get("weights/yolo11n-pose.pt"))) {
      Result result = model.predict(repeated(Assets.picture("bus.jpg"), 3), options);
      assertEquals(result.boxes().size(), result.keypoints().size());
      assertTrue(result.boxes().size() >= 9, result.summary());
    }
    try (Yolo model = Yolo.load(Assets.get("weights/shapes-obb.pt"))) {
      Image one = Image.read(Assets.picture("0001.jpg"));
      int single = model.predict(one).obbs().size();
      Result result =
          model.predict(
              repeated(Assets.picture("0001.jpg"), 3),
              PredictOptions.builder().tile(one.width()).overlap(0).build());
      // The whole picture at a third of the size may add some.
      assertTrue(result.obbs().size() >= 3 * single, result.obbs() + "");
      assertTrue(result.obbs().size() <= 3 * single + 6, result.obbs() + "");
    }
    try (Yolo model = Yolo.load(Path.of("yolo11n-cls.yaml"))) {
      Image image = Image.read(Assets.picture("bus.jpg"));
      assertThrows(YoloException.InvalidArgument.class, () -> model.predict(image, options));
    }
  }

  @Test
  void pictureThatIsOneTileIsPredictedOnce() throws IOException {
    try (Yolo model = Yolo.load(Assets.get("exported/yolo11n.torchscript"))) {
      Image image = Image.read(Assets.picture("bus.jpg"));
      PredictOptions options = PredictOptions.builder().tile(1080).build();
      assertEquals(model.predict(image).boxes(), model.predict(image, options).boxes());
    }
    assertThrows(
        YoloException.InvalidArgument.class, () -> PredictOptions.builder().tile(31).build());
    assertThrows(
        YoloException.InvalidArgument.class, () -> PredictOptions.builder().overlap(0.95).build());
    assertThrows(
        YoloException.InvalidArgument.class,
        () -> PredictOptions.builder().overlap(Double.NaN).build());
  }

  @Test
  void rectanglePadsAsLittleAsTheStrideAllows() throws IOException {
    ImageSize whole = ImageSize.square(640);
    PredictOptions rect = PredictOptions.defaults();
    Image bus = Image.read(Assets.picture("bus.jpg"));
    Image zidane = Image.read(Assets.picture("zidane.jpg"));
    for (String file : List.of("weights/yolo11n.pt", "exported/yolo11n-dynamic.torchscript")) {
      try (Yolo model = Yolo.load(Assets.get(file))) {
        Result result = model.predict(bus, rect);
        assertEquals(new ImageSize(640, 480), result.netSize());
        assertEquals("4 persons, 1 bus", result.summary());
        assertEquals(new ImageSize(384, 640), model.predict(zidane, rect).netSize());
        // Of different sizes they share the square.
        assertEquals(whole, model.predict(List.of(bus, zidane), rect).get(0).netSize());
      }
    }
    try (Yolo model = Yolo.load(Assets.get("exported/yolo11n.torchscript"))) {
      assertEquals(whole, model.predict(bus, rect).netSize());
    }
  }

  private static ImageSize ofVal(int side, int... widthsAndHeights) {
    List<Image> images = new ArrayList<>();
    for (int i = 0; i < widthsAndHeights.length; i += 2) {
      int width = widthsAndHeights[i];
      int height = widthsAndHeights[i + 1];
      ByteBuffer pixels = ByteBuffer.allocateDirect(width * height);
      images.add(Image.of(pixels, width, height, PixelFormat.GRAY));
    }
    return BatchInput.aroundAll(images, side, 32);
  }

  /** Sides in strides, half a stride on top, rounded up: worked out by hand. */
  @Test
  void rectangleOfValGoesAroundTheBatch() {
    // 640 x 480: 20 + 0.5 and 15 + 0.5 strides.
    assertEquals(new ImageSize(512, 672), ofVal(640, 640, 480));
    assertEquals(new ImageSize(672, 512), ofVal(640, 48, 64));
    assertEquals(new ImageSize(672, 672), ofVal(640, 100, 100));
    // 427 of 640 rows: 13.34 + 0.5; the highest of the batch counts.
    assertEquals(new ImageSize(448, 672), ofVal(640, 640, 426, 640, 427, 640, 218));
    assertEquals(new ImageSize(672, 512), ofVal(640, 480, 640, 359, 640));
    assertEquals(new ImageSize(672, 672), ofVal(640, 640, 480, 480, 640));
    assertEquals(new ImageSize(32, 672), ofVal(640, 8000, 50));
    // 320: 10 + 0.5 and 7.5 + 0.5, which is whole.
    assertEquals(new ImageSize(256, 352), ofVal(320, 640, 480));
    assertEquals(ImageSize.square(8192), ofVal(8192, 10, 10));
  }
}
