// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yolotorch.Box;
import org.yolotorch.Detection;
import org.yolotorch.Detections;
import org.yolotorch.Image;
import org.yolotorch.Keypoint;
import org.yolotorch.Keypoints;
import org.yolotorch.Mask;
import org.yolotorch.Obb;
import org.yolotorch.PredictOptions;
import org.yolotorch.Predictor;
import org.yolotorch.Probs;
import org.yolotorch.Result;
import org.yolotorch.StreamOptions;
import org.yolotorch.Task;
import org.yolotorch.Xy;
import org.yolotorch.Xywhr;
import org.yolotorch.Xyxy;
import org.yolotorch.YoloException;
import org.yolotorch.source.Sources;

/**
 * A program of a user, tested without a model: only what the module exports is used here, in a
 * package of its own.
 */
class PredictorTest {
  private static final Map<Integer, String> NAMES = Map.of(0, "person", 5, "bus");

  @TempDir Path folder;

  /** The program under test. */
  private static long persons(Predictor model, Path picture) {
    return model.predict(picture).filterClasses("person").boxes().size();
  }

  /** Finds a person as large as the picture, and a bus in its upper left quarter. */
  private static Result found(Image image) {
    int width = image.width();
    int height = image.height();
    Box person = new Box(0, "person", 0.9f, new Xyxy(0, 0, width, height), width, height);
    Box bus = new Box(5, "bus", 0.4f, new Xyxy(0, 0, width / 2f, height / 2f), width, height);
    return Result.of(Task.DETECT, image, NAMES, Detections.ofBoxes(List.of(person, bus)));
  }

  private final List<PredictOptions> asked = new ArrayList<>();

  private final Predictor fake =
      (images, options) -> {
        asked.add(options);
        return images.stream().map(PredictorTest::found).toList();
      };

  private Path picture(String name, int width, int height) throws IOException {
    Path file = folder.resolve(name);
    ImageIO.write(
        new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR), "png", file.toFile());
    return file;
  }

  @Test
  void aLambdaStandsInForAModel() throws IOException {
    assertEquals(1, persons(fake, picture("a.png", 40, 20)));
  }

  @Test
  void everyWayToAskComesToTheOneMethod() throws IOException {
    Path file = picture("a.png", 40, 20);
    PredictOptions own = PredictOptions.builder().conf(0.5).build();
    BufferedImage awt = new BufferedImage(30, 10, BufferedImage.TYPE_INT_ARGB);
    Image image = Image.of(awt);
    assertEquals(40, fake.predict(file).imageWidth());
    assertEquals(file, fake.predict(file, own).source().orElseThrow());
    assertEquals(30, fake.predict(awt).imageWidth());
    assertEquals(10, fake.predict(awt, own).imageHeight());
    assertSame(image, fake.predict(image).image());
    assertSame(image, fake.predict(image, own).image());
    assertEquals(2, fake.predict(List.of(image, image)).size());
    PredictOptions usual = PredictOptions.defaults();
    assertEquals(List.of(usual, own, usual, own, usual, own, usual), asked);
    assertThrows(YoloException.NotFound.class, () -> fake.predict(folder.resolve("none.png")));
  }

  @Test
  void aFakeStreamsSources() throws IOException {
    picture("a.png", 40, 20);
    picture("b.png", 50, 20);
    picture("c.png", 60, 20);
    StreamOptions two = StreamOptions.builder().batch(2).build();
    try (Stream<Result> results = fake.stream(Sources.open(folder), two)) {
      assertEquals(List.of(40, 50, 60), results.map(Result::imageWidth).toList());
    }
    assertEquals(2, asked.size());
    try (Stream<Result> results = fake.stream(Sources.open(folder))) {
      assertEquals(3, results.count());
    }
  }

  @Test
  void resultsOfEveryTaskCanBeMade() {
    Image image = Image.of(new BufferedImage(40, 20, BufferedImage.TYPE_3BYTE_BGR));
    Box box = new Box(0, "person", 0.5f, new Xyxy(0, 0, 10, 10), 40, 20);
    Mask mask = Mask.ofPolygon(List.of(new Xy(0, 0), new Xy(10, 0), new Xy(10, 10)), 40, 20);
    Keypoints points = new Keypoints(List.of(new Keypoint(1, 2, 1)), 40, 20);
    Obb obb = new Obb(0, "person", 0.5f, new Xywhr(20, 10, 8, 4, 0.5f), 40, 20);
    Map<Task, Detections> all =
        Map.of(
            Task.DETECT, Detections.ofBoxes(List.of(box)),
            Task.SEGMENT, Detections.ofMasks(List.of(box), List.of(mask)),
            Task.POSE, Detections.ofKeypoints(List.of(box), List.of(points)),
            Task.OBB, Detections.ofObbs(List.of(obb)),
            Task.CLASSIFY, Detections.ofProbs(Probs.of(new float[] {0.2f, 0.8f}, NAMES)));
    assertEquals(Task.values().length, all.size());
    all.forEach(
        (task, detections) -> {
          Result result = Result.of(task, image, NAMES, detections);
          assertEquals(task == Task.CLASSIFY ? 0 : 1, result.objects().size(), task.id());
          assertEquals(40, result.plot().getWidth(), task.id());
          assertEquals(task != Task.CLASSIFY, result.summary().equals("1 person"), task.id());
        });
    List<Detection> objects = Result.of(Task.OBB, image, NAMES, all.get(Task.OBB)).objects();
    assertEquals(List.of(obb), objects);
  }

  @Test
  void filesOfAResultLieWhereTheyWereAskedFor() throws IOException {
    Result result = fake.predict(picture("dog.1.png", 40, 20));
    Path labels = folder.resolve("out/labels/dog.txt");
    result.saveTxt(labels, true);
    assertEquals("0 0.5 0.5 1 1 0.9\n5 0.25 0.25 0.5 0.5 0.4\n", Files.readString(labels));
    result.saveTxt(labels);
    assertEquals(result.toText(false), Files.readString(labels));
    Path none = folder.resolve("none.txt");
    result.filterClasses().saveTxt(none);
    assertEquals(false, Files.exists(none));
    Path crops = folder.resolve("crops");
    assertEquals(
        List.of(crops.resolve("person/dog.1.jpg"), crops.resolve("bus/dog.1.jpg")),
        result.saveCrops(crops));
    // What was written before stays.
    assertEquals(
        List.of(crops.resolve("person/dog.12.jpg"), crops.resolve("bus/dog.12.jpg")),
        result.saveCrops(crops));
    // 20 x 1.02 + 10, cut at the left edge.
    assertEquals(25, Image.read(crops.resolve("bus/dog.12.jpg")).width());
  }
}
