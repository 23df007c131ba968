// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yolotorch.support.Assets;

/** The command line with models of every task. */
class TaskMainTest extends CommandLineRun {
  @TempDir Path folder;

  private JsonNode json(String run) throws IOException {
    return new ObjectMapper()
        .readTree(folder.resolve("runs").resolve(run).resolve("predictions.json").toFile());
  }

  @ParameterizedTest
  @CsvSource({
    "segment, yolo11n-seg, '2,868,664', 640x640, 5",
    "pose, yolo11n-pose, '2,866,468', 640x640, 4",
    "obb, shapes-obb, '2,654,308', 320x320, 6",
    "classify, yolo11n-cls, '2,807,024', 224x224, 1"
  })
  void everyTaskIsPredictedAndExported(
      String task, String name, String parameters, String size, int objects) throws IOException {
    boolean obb = task.equals("obb");
    Path picture = Assets.picture(obb ? "0001.jpg" : "bus.jpg");
    Path model = Files.copy(Assets.get("weights/" + name + ".pt"), folder.resolve(name + ".pt"));
    List<String> args = new ArrayList<>(List.of(task, "predict", "model=" + model));
    args.addAll(List.of("source=" + picture, "project=" + folder.resolve("runs")));
    args.addAll(List.of("save_txt", "save_conf", "save_json"));
    // As the archive below, which takes the square alone.
    args.add("rect=False");
    assertEquals(0, run(args.toArray(new String[0])), err);
    assertEquals("", err);
    List<String> lines = out.lines().toList();
    String suffix = obb ? "-obb" : name.substring("yolo11n".length());
    String summary = "YOLO11n" + suffix + " summary (fused): " + parameters + " parameters, ";
    assertTrue(lines.get(1).startsWith(summary), out);
    assertTrue(lines.get(1).matches(".* [0-9]+\\.[0-9] GFLOPs"), out);
    String start = "image 1/1 " + picture + ": " + size + " ";
    assertTrue(lines.get(3).startsWith(start), out);
    assertTrue(lines.get(3).matches(".*, [0-9.]+ms"), out);
    assertTrue(
        lines.get(4).endsWith(" per image at shape (1, 3, " + size.replace("x", ", ") + ")"), out);
    Path files = folder.resolve("runs/predict");
    String stem = obb ? "0001" : "bus";
    assertEquals(obb ? 640 : 1080, ImageIO.read(files.resolve(stem + ".jpg").toFile()).getHeight());
    long labels = Files.readString(files.resolve("labels/" + stem + ".txt")).lines().count();
    assertEquals(task.equals("classify") ? 5 : objects, labels);
    JsonNode json = json("predict");
    assertEquals(1, json.size());
    assertEquals(picture.toString(), json.get(0).get("image").asText());
    assertEquals(objects, json.get(0).get("predictions").size());

    int side = Integer.parseInt(size.substring(0, size.indexOf('x')));
    assertEquals(0, run("export", "model=" + model), err);
    Path archive = folder.resolve(name + ".torchscript");
    String hint = "Predict: yolo predict task=" + task + " model=" + archive + " imgsz=" + side;
    assertTrue(out.strip().endsWith(hint), out);
    args.set(2, "model=" + archive);
    assertEquals(0, run(args.toArray(new String[0])), err);
    assertEquals(
        json.get(0).get("predictions").size(), json("predict2").get(0).get("predictions").size());
  }

  @Test
  void runsOfATaskAreKeptUnderItsName() throws IOException {
    Path runs = Path.of("runs", "pose");
    Assumptions.assumeFalse(Files.exists(runs), runs + " is in use");
    Path model = Assets.get("weights/yolo11n-pose.pt");
    Path bus = Assets.picture("bus.jpg");
    try {
      assertEquals(0, run("segment", "predict", "model=" + model, "source=" + bus, "imgsz=64"));
      assertTrue(
          err.startsWith("The task 'segment' was asked for, but the model's is 'pose'"), err);
      assertEquals(1, err.lines().count(), err);
      assertTrue(Files.exists(runs.resolve("predict/bus.jpg")));
    } finally {
      try (Stream<Path> left = Files.walk(runs)) {
        left.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
      }
      // Kept if it holds anything else.
      runs.getParent().toFile().delete();
    }
  }

  @Test
  void masksCanBeFinerAndBoxesLeftOut() throws IOException {
    Path model = Assets.get("weights/yolo11n-seg.pt");
    Path bus = Assets.picture("bus.jpg");
    String project = "project=" + folder.resolve("runs");
    assertEquals(0, run("predict", "model=" + model, "source=" + bus, project, "save_json"), err);
    assertEquals(
        0,
        run(
            "predict",
            "model=" + model,
            "source=" + bus,
            project,
            "save_json",
            "retina_masks",
            "show_boxes=False"),
        err);
    JsonNode plain = json("predict").get(0).get("predictions").get(0);
    JsonNode retina = json("predict2").get(0).get("predictions").get(0);
    assertEquals(plain.get("box"), retina.get("box"));
    assertFalse(plain.get("segments").equals(retina.get("segments")));
    int pink = 0xFF6FDD; // of the class bus
    assertEquals("bus", plain.get("name").asText());
    int x = (int) plain.get("box").get("x1").asDouble() + 1;
    int y = (int) plain.get("box").get("y2").asDouble() - 40;
    int boxed = ImageIO.read(folder.resolve("runs/predict/bus.jpg").toFile()).getRGB(x, y);
    int bare = ImageIO.read(folder.resolve("runs/predict2/bus.jpg").toFile()).getRGB(x, y);
    assertTrue(distance(boxed, pink) < 60, Integer.toHexString(boxed));
    assertTrue(distance(bare, pink) > 60, Integer.toHexString(bare));
  }

  private static int distance(int a, int b) {
    return Math.abs((a >> 16 & 255) - (b >> 16 & 255))
        + Math.abs((a >> 8 & 255) - (b >> 8 & 255))
        + Math.abs((a & 255) - (b & 255));
  }

  @Test
  void jsonHoldsEveryPictureOfTheRun() throws IOException {
    Path pictures = Files.createDirectory(folder.resolve("pictures"));
    Files.copy(Assets.picture("bus.jpg"), pictures.resolve("a \u00E9.jpg"));
    Files.writeString(pictures.resolve("b.jpg"), "no picture");
    Files.copy(Assets.picture("zidane.jpg"), pictures.resolve("c.jpg"));
    assertEquals(
        1,
        run(
            "predict",
            "model=" + Assets.get("weights/yolo11n.pt"),
            "source=" + pictures,
            "project=" + folder.resolve("runs"),
            "save=False",
            "conf=0.8",
            "save_json"));
    JsonNode json = json("predict");
    assertEquals(2, json.size());
    assertEquals(pictures.resolve("a \u00E9.jpg").toString(), json.get(0).get("image").asText());
    try (Stream<Path> files = Files.list(folder.resolve("runs/predict"))) {
      assertEquals(1, files.count());
    }
  }

  @Test
  void architecturesAreExportedByName() throws IOException {
    Path file = Path.of("yolo11n-seg.torchscript");
    Assumptions.assumeFalse(Files.exists(file), file + " is in use");
    try {
      assertEquals(0, run("export", "model=yolo11n-seg.yaml", "imgsz=64"), err);
      assertTrue(out.contains("YOLO11n-seg summary (fused): 2,868,664 parameters"), out);
      assertTrue(Files.exists(file));
    } finally {
      Files.deleteIfExists(file);
    }
  }
}
