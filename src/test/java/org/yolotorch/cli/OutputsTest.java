// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yolotorch.Frame;
import org.yolotorch.Source;
import org.yolotorch.render.Clips;
import org.yolotorch.render.VideoWriter;
import org.yolotorch.source.Sources;
import org.yolotorch.support.Assets;

/** What a run writes and prints. */
class OutputsTest extends CommandLineRun {
  @TempDir Path folder;

  private int predict(String model, Object source, String... more) {
    List<String> args = new ArrayList<>(List.of("predict", "model=" + Assets.get(model)));
    args.add("source=" + source);
    args.add("project=" + folder.resolve("runs"));
    args.addAll(List.of(more));
    return run(args.toArray(new String[0]));
  }

  private int predict(Object source, String... more) {
    return predict("exported/yolo11n.torchscript", source, more);
  }

  private List<String> files() throws IOException {
    Path runs = folder.resolve("runs");
    try (Stream<Path> files = Files.walk(runs)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> runs.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  /** A clip of a real picture, so that there is something to find. */
  private Path clip(String name, int frames) throws IOException {
    BufferedImage bus = ImageIO.read(Assets.picture("bus.jpg").toFile());
    BufferedImage picture = new BufferedImage(270, 360, BufferedImage.TYPE_3BYTE_BGR);
    picture.createGraphics().drawImage(bus, 0, 0, 270, 360, null);
    Path file = folder.resolve(name);
    try (VideoWriter writer = new VideoWriter(file, 270, 360, 10)) {
      for (int i = 0; i < frames; i++) {
        writer.write(picture, i * 100_000L);
      }
    }
    return file;
  }

  private static List<Long> times(Path video) {
    List<Long> times = new ArrayList<>();
    try (Source source = Sources.open(video)) {
      for (Frame frame : source) {
        frame.read();
        times.add(frame.video().orElseThrow().micros());
      }
    }
    return times;
  }

  @Test
  void videoGivesAVideoAndTextsByFrame() throws IOException {
    Path clip = clip("clip.mp4", 4);
    assertEquals(
        0, predict(clip, "save_txt", "save_frames", "save_json", "save_csv", "save_crop"), err);
    assertEquals("", err);
    List<String> lines = out.lines().toList();
    for (int i = 1; i <= 4; i++) {
      String start = "video 1/1 (frame " + i + "/4) " + clip + ": 640x640 ";
      assertTrue(lines.get(i + 2).startsWith(start), out);
      assertTrue(lines.get(i + 2).contains("person") && lines.get(i + 2).contains("bus"), out);
    }
    assertTrue(out.contains("4 labels saved to "), out);
    List<String> written = files();
    assertTrue(
        written.containsAll(
            List.of(
                "predict/clip.mp4",
                "predict/clip_frames/clip_1.jpg",
                "predict/clip_frames/clip_4.jpg",
                "predict/labels/clip_1.txt",
                "predict/labels/clip_4.txt",
                "predict/crops/bus/clip.jpg",
                "predict/crops/bus/clip2.jpg",
                "predict/predictions.csv",
                "predict/predictions.json")),
        written.toString());
    assertEquals(times(clip), times(folder.resolve("runs/predict/clip.mp4")));
    JsonNode json =
        new ObjectMapper().readTree(folder.resolve("runs/predict/predictions.json").toFile());
    assertEquals(4, json.size());
    assertEquals(3, json.get(2).get("frame").asInt());
    assertEquals(200, json.get(2).get("time_ms").asDouble(), 0.1);
    List<String> csv = Files.readAllLines(folder.resolve("runs/predict/predictions.csv"));
    assertEquals("image,frame,class,name,confidence,x1,y1,x2,y2", csv.get(0));
    assertTrue(
        csv.get(1).matches("\\Q" + clip + "\\E,1,\\d+,\\w+,0\\.\\d+(,[0-9.]+){4}"), csv.get(1));
    int objects = 0;
    for (JsonNode entry : json) {
      objects += entry.get("predictions").size();
    }
    assertEquals(objects + 1, csv.size());
  }

  @Test
  void strideAndBatchKeepOrderAndTimes() throws IOException {
    Path clip = clip("clip.mp4", 7);
    assertEquals(0, predict(clip, "vid_stride=3", "batch=2"), err);
    List<String> frames = out.lines().filter(line -> line.startsWith("video ")).toList();
    assertEquals(3, frames.size());
    assertTrue(frames.get(1).contains("(frame 4/7)") && frames.get(2).contains("(frame 7/7)"), out);
    assertTrue(out.contains("at shape (2, 3, 640, 640)"), out);
    assertEquals(List.of(0L, 300_000L, 600_000L), times(folder.resolve("runs/predict/clip.mp4")));
  }

  @Test
  void cropsAreEnlargedAndNamedByClass() throws IOException {
    assertEquals(0, predict(Assets.picture("bus.jpg"), "save_crop", "save=False"), err);
    List<String> written = files();
    assertEquals(
        List.of(
            "predict/crops/bus/bus.jpg",
            "predict/crops/person/bus.jpg",
            "predict/crops/person/bus2.jpg",
            "predict/crops/person/bus3.jpg",
            "predict/crops/person/bus4.jpg"),
        written);
    BufferedImage bus = ImageIO.read(folder.resolve("runs/predict/crops/bus/bus.jpg").toFile());
    assertTrue(bus.getWidth() > 700 && bus.getWidth() <= 810, "" + bus.getWidth());
    assertEquals(0, predict("weights/yolo11n-cls.pt", Assets.picture("bus.jpg"), "save_crop"));
    assertTrue(err.contains("save_crop cuts upright boxes"), err);
    assertEquals(1, err.lines().count(), err);
  }

  @Test
  void jsonIsAloneOnStandardOutput() throws IOException {
    Path pictures = Files.createDirectory(folder.resolve("pictures"));
    Files.copy(Assets.picture("bus.jpg"), pictures.resolve("a.jpg"));
    Files.writeString(pictures.resolve("b.jpg"), "no picture");
    Files.copy(Assets.picture("zidane.jpg"), pictures.resolve("c.jpg"));
    assertEquals(1, predict(pictures, "--json", "save=False"));
    List<String> lines = out.lines().toList();
    assertEquals(3, lines.size(), out);
    ObjectMapper mapper = new ObjectMapper();
    assertEquals(5, mapper.readTree(lines.get(0)).get("predictions").size());
    JsonNode error = mapper.readTree(lines.get(1));
    assertEquals(pictures.resolve("b.jpg").toString(), error.get("image").asText());
    assertEquals("INVALID_IMAGE", error.get("error").get("code").asText());
    assertTrue(err.contains("image 1/3 ") && err.contains("Speed: "), err);
    assertFalse(Files.exists(folder.resolve("runs")));
    assertEquals(1, predict(pictures, "--json", "save=False", "verbose=False"));
    assertEquals(3, out.lines().count());
    assertEquals(1, err.lines().count(), err);
  }

  @Test
  void csvIsQuotedAndTasksHaveTheirColumns() throws IOException {
    Path odd = Files.copy(Assets.picture("bus.jpg"), folder.resolve("a, \"b\".jpg"));
    assertEquals(0, predict("weights/yolo11n-cls.pt", odd, "save_csv", "save=False"), err);
    List<String> csv = Files.readAllLines(folder.resolve("runs/predict/predictions.csv"));
    assertEquals("image,frame,class,name,confidence", csv.get(0));
    assertEquals(6, csv.size());
    assertTrue(csv.get(1).startsWith("\"" + folder + "/a, \"\"b\"\".jpg\",,"), csv.get(1));
    Path shapes = Assets.picture("0001.jpg");
    assertEquals(0, predict("weights/shapes-obb.pt", shapes, "save_csv", "save=False"), err);
    csv = Files.readAllLines(folder.resolve("runs/predict2/predictions.csv"));
    assertEquals("image,frame,class,name,confidence,x1,y1,x2,y2,x3,y3,x4,y4", csv.get(0));
    assertEquals(13, csv.get(1).split(",").length);
  }

  @Test
  void profileTellsWhereTheTimeWent() {
    assertEquals(0, predict(Assets.picture("bus.jpg"), "profile", "save_txt", "verbose=False"));
    for (String stage : List.of("decode", "inference", "draw", "encode", "write", "a second")) {
      assertTrue(out.contains(stage), out);
    }
  }

  @Test
  void doubtfulArgumentsAreWarnedOf() {
    assertEquals(0, predict(Assets.picture("bus.jpg"), "rect", "classes=0,300", "save=False"));
    assertTrue(err.contains("rect=True changes nothing"), err);
    assertTrue(err.contains("classes names 300"), err);
    assertTrue(out.contains(" 4 persons, "), out);
  }

  @Test
  void brokenVideoAmongOthersIsNamed() throws IOException {
    Path mixed = Files.createDirectory(folder.resolve("mixed"));
    Clips.clip(mixed.resolve("a.mp4"), 3, 64, 64, 25);
    Files.writeString(mixed.resolve("b.mp4"), "no video");
    Files.copy(Assets.picture("bus.jpg"), mixed.resolve("c.jpg"));
    assertEquals(1, predict(mixed));
    assertTrue(err.contains("b.mp4"), err);
    assertEquals(1, err.lines().count(), err);
    assertEquals(List.of("predict/a.mp4", "predict/c.jpg"), files());
  }

  @Test
  void emptyFolderIsTold() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertEquals(1, predict(empty));
    assertTrue(err.contains("leads to no picture"), err);
  }
}
