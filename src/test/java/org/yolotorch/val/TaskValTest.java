// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.val;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yolotorch.Image;
import org.yolotorch.ImageSize;
import org.yolotorch.PredictOptions;
import org.yolotorch.Result;
import org.yolotorch.Yolo;
import org.yolotorch.YoloException;
import org.yolotorch.internal.data.Dataset;
import org.yolotorch.support.Assets;
import org.yolotorch.support.DataFiles;
import org.yolotorch.support.Results;

/** Models of every task, measured. */
class TaskValTest {
  private static final int PICTURES = 20;
  private static final double SURE = 0.5;

  @TempDir Path folder;

  private final List<String> warnings = new ArrayList<>();
  private final List<Result> results = new ArrayList<>();
  private final ValListener listener =
      new ValListener() {
        @Override
        public void predicted(Path picture, Result result) {
          results.add(result);
        }

        @Override
        public void warned(String sentence) {
          warnings.add(sentence);
        }
      };

  /** A model is right about labels that it made itself, but for what six digits lose. */
  @ParameterizedTest
  @CsvSource({"segment, yolo11n-seg, 0.93, 0.75", "pose, yolo11n-pose, 0.99, 0.95"})
  void ownPredictionsAsLabels(String task, String name, double map50, double map)
      throws IOException {
    try (Yolo model = Yolo.load(Assets.get("weights/" + name + ".pt"))) {
      PredictOptions sure = Results.SQUARE.toBuilder().conf(SURE).build();
      Path images = Files.createDirectories(folder.resolve("images"));
      Path labels = Files.createDirectories(folder.resolve("labels"));
      int objects = 0;
      for (Path picture : pictures()) {
        Files.copy(picture, images.resolve(picture.getFileName()));
        Result result = model.predict(Image.read(picture), sure);
        objects += result.boxes().size();
        Path file = Dataset.labelFile(images.resolve(picture.getFileName()));
        Files.writeString(labels.resolve(file.getFileName()), result.toText(false));
      }
      Path data = DataFiles.write(folder, folder, "images", model.info().names());
      ValOptions.Builder options = ValOptions.builder(data).conf(SURE).batch(3);
      ValResult result = model.val(options.build(), listener);
      assertEquals(PICTURES, result.images());
      assertEquals(objects, result.instances());
      assertEquals(List.of(), warnings);
      boolean segment = task.equals("segment");
      Metrics metrics = (segment ? result.mask() : result.pose()).orElseThrow().overall();
      Assets.figure("val_own_labels_" + task + "_map50", metrics.map50(), "mAP50");
      Assets.figure("val_own_labels_" + task + "_map", metrics.map(), "mAP50-95");
      assertTrue(metrics.map50() > map50 && metrics.map() > map, metrics.toString());
      assertTrue(result.box().orElseThrow().overall().map50() > 0.99, "boxes");
      assertEquals(
          metrics.map() + result.box().orElseThrow().overall().map(), result.fitness(), 1e-12);
      for (Result one : results) {
        one.masks().forEach(mask -> assertEquals(160, mask.frameWidth()));
      }
      ValResult rect = model.val(options.rect(true).build(), listener);
      Metrics inRect = (segment ? rect.mask() : rect.pose()).orElseThrow().overall();
      Assets.figure("val_own_labels_" + task + "_rect_map50", inRect.map50(), "mAP50");
      assertTrue(inRect.map50() > 0.85, inRect.toString());
      if (segment) {
        Metrics inPicture =
            model.val(options.pictureMasks(true).build()).mask().orElseThrow().overall();
        assertTrue(inPicture.map50() > 0.85, inPicture.toString());
        options.rect(false);
        results.clear();
        ValResult fine = model.val(options.pictureMasks(true).build(), listener);
        assertTrue(fine.mask().orElseThrow().overall().map50() > map50, "picture masks");
        for (Result one : results) {
          one.masks().forEach(mask -> assertEquals(one.imageWidth(), mask.frameWidth()));
        }
      }
    }
  }

  private static List<Path> pictures() throws IOException {
    return Dataset.pictures(Assets.get("images/coco128")).subList(0, PICTURES);
  }

  @Test
  void rotatedBoxes() throws IOException {
    try (Yolo model = Yolo.load(Assets.get("weights/shapes-obb.pt"))) {
      Path root = Assets.get("images/shapes-obb").getParent().getParent();
      Path data = DataFiles.write(folder, root, "images/shapes-obb", model.info().names());
      ValResult result = model.val(ValOptions.of(data), listener);
      Metrics overall = result.box().orElseThrow().overall();
      Assets.figure("val_shapes_obb_map50", overall.map50(), "mAP50");
      Assets.figure("val_shapes_obb_map", overall.map(), "mAP50-95");
      assertEquals(16, result.images());
      assertEquals(62, result.instances());
      assertTrue(overall.map50() > 0.95 && overall.map() > 0.7, overall.toString());
      ValOptions rect = ValOptions.builder(data).rect(true).build();
      results.clear();
      Metrics inRect = model.val(rect, listener).box().orElseThrow().overall();
      assertTrue(inRect.map50() > 0.95 && inRect.map() > 0.7, inRect.toString());
      assertEquals(ImageSize.square(352), results.get(0).netSize());
      assertTrue(result.mask().isEmpty() && result.pose().isEmpty() && result.top().isEmpty());
    }
  }

  @Test
  void classes() throws IOException {
    try (Yolo model = Yolo.load(Assets.get("weights/yolo11n-cls.pt"))) {
      // Four pictures where the model puts them, one in the folder of its second guess, and one in
      // that of a class that it does not think of.
      List<Path> pictures = pictures().subList(0, 6);
      for (int i = 0; i < pictures.size(); i++) {
        Result guess = model.predict(Image.read(pictures.get(i)));
        List<Integer> best = guess.probs().orElseThrow().top5();
        int actual = i < 4 ? best.get(0) : i == 4 ? best.get(1) : 999;
        Path own = folder.resolve("val").resolve(name(model, actual));
        Files.createDirectories(own);
        Files.copy(pictures.get(i), own.resolve(pictures.get(i).getFileName()));
      }
      // As many folders as classes, empty or not, stand for them in their order.
      for (int id = 0; id < model.info().names().size(); id++) {
        Files.createDirectories(folder.resolve("val").resolve(name(model, id)));
      }
      ValResult result = model.val(ValOptions.of(folder), listener);
      assertEquals(new Top(4.0 / 6, 5.0 / 6), result.top().orElseThrow());
      assertEquals(0.75, result.fitness(), 1e-12);
      assertEquals(6, result.images());
      assertEquals(1, result.classes().stream().filter(c -> c.classId() == 999).count());
      assertTrue(result.box().isEmpty());
    }
  }

  private static String name(Yolo model, int id) {
    assertEquals(1000, model.info().names().size());
    return "n%04d".formatted(id);
  }

  @Test
  void brokenPicturesAreLeftOut() throws IOException {
    try (Yolo model = Yolo.load(Assets.get("weights/shapes-obb.pt"))) {
      Path images = Files.createDirectories(folder.resolve("images"));
      Files.createDirectories(folder.resolve("labels"));
      Files.writeString(images.resolve("broken.jpg"), "no picture");
      Files.writeString(folder.resolve("labels/broken.txt"), "0 0 0 1 0 1 1 0 1");
      Path data = DataFiles.write(folder, folder, "images", model.info().names());
      String message =
          assertThrows(
                  YoloException.InvalidData.class, () -> model.val(ValOptions.of(data), listener))
              .getMessage();
      assertTrue(message.startsWith("At least one readable picture"), message);
      Files.copy(Assets.picture("0001.jpg"), images.resolve("1.jpg"));
      ValResult result = model.val(ValOptions.of(data), listener);
      assertEquals(1, result.images());
      assertEquals(0, result.instances());
      assertEquals(1, result.skipped().size());
      assertTrue(warnings.get(0).endsWith("The picture is left out."), warnings.toString());
    }
  }
}
