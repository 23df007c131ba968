// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yolotorch.RuntimeInfo;
import org.yolotorch.support.Assets;

class MainTest extends CommandLineRun {
  @TempDir Path folder;

  private int predict(String... more) {
    String[] args = new String[more.length + 3];
    args[0] = "predict";
    args[1] = "model=" + Assets.get("exported/yolo11n.torchscript");
    args[2] = "project=" + folder.resolve("runs");
    System.arraycopy(more, 0, args, 3, more.length);
    return run(args);
  }

  private void failed(String part) {
    assertTrue(err.contains(part), err);
    assertEquals(1, err.lines().count(), err);
    assertFalse(err.contains("\tat "), err);
  }

  @Test
  void helpIsMadeFromTheTable() {
    assertEquals(0, run());
    assertEquals(0, run("help"));
    assertTrue(out.contains("predict") && out.contains("export"), out);
    assertEquals(0, run("predict", "--help"));
    for (Argument argument : Argument.values()) {
      assertEquals(
          argument.belongsTo(Mode.PREDICT),
          out.contains("\n  " + argument.key() + " "),
          argument.key());
    }
    assertEquals(0, run("export", "--help"));
    for (Argument argument : Argument.values()) {
      assertEquals(
          argument.belongsTo(Mode.EXPORT),
          out.contains("\n  " + argument.key() + " "),
          argument.key());
    }
    assertEquals("", err);
  }

  @Test
  void versionIsThatOfThePom() throws IOException {
    assertEquals(0, run("version"));
    String pom = Files.readString(Path.of("pom.xml"));
    int start = pom.indexOf("<artifactId>yolotorch</artifactId>");
    int version = pom.indexOf("<version>", start) + 9;
    assertEquals(pom.substring(version, pom.indexOf('<', version)), out.strip());
    assertEquals(out.strip(), RuntimeInfo.current().version());
  }

  @Test
  void wrongUsageExitsWithTwo() {
    assertEquals(2, run("predict", "model=yolo11n.pt"));
    failed("source must name a picture");
    assertEquals(2, run("track"));
    failed("not in this version yet");
    assertEquals(2, run("train"));
    failed("model must be given to train");
    assertEquals(2, run("train", "model=yolo11n.pt", "data=coco8.yaml", "epochs=0"));
    failed("epochs must be a whole number from 1 to 1000000, but was 0;");
    assertEquals(2, run("predict", "source=a", "conf=2"));
    failed("conf must be a number from 0 to 1, but was 2;");
    assertEquals(2, run("predict", "source=a", "imgsz=0"));
    failed("imgsz must be a whole number from 1 to 8192, but was 0");
    assertEquals(2, run("predict", "source=a", "line_width=0"));
    failed("line_width must be");
    assertEquals(2, run("predict", "source=a", "font_size=0"));
    failed("font_size must be");
    assertEquals(2, run("predict", "source=a", "color_mode=rainbow"));
    failed("color_mode must be class or instance");
    assertEquals(1, run("predict", "source=a", "font=Arial9.ttf"));
    failed("font must name");
    assertEquals(2, run("export", "format=onnx"));
    failed("format must be torchscript");
    assertEquals(2, run("export", "batch=0"));
    failed("batch must be");
  }

  @Test
  void missingThingsExitWithOne() {
    assertEquals(1, run("predict", "source=" + folder.resolve("none.jpg")));
    failed("none.jpg");
    Path bus = Assets.picture("bus.jpg");
    assertEquals(1, run("predict", "source=" + bus, "model=" + folder.resolve("none.pt")));
    assertTrue(err.contains("none.pt"), err);
  }

  @Test
  void predictsAsYoloUsersKnowIt() throws IOException {
    Path runs = folder.resolve("runs");
    String bus = Assets.picture("bus.jpg").toString();
    assertEquals(0, predict("source=" + bus, "save_txt", "save_conf"), err);
    List<String> lines = out.lines().toList();
    assertTrue(lines.get(0).matches("yolotorch \\S+ LibTorch-\\S+ CPU( \\(.+\\))?"), out);
    assertTrue(
        lines.get(1).matches(".+ summary \\(fused\\): .*[0-9,]+ parameters(, [0-9.]+ GFLOPs)?"),
        out);
    assertEquals("", lines.get(2));
    assertTrue(
        lines.get(3).matches("image 1/1 \\Q" + bus + "\\E: 640x640 4 persons, 1 bus, [0-9.]+ms"),
        out);
    assertTrue(
        lines
            .get(4)
            .matches(
                "Speed: [0-9.]+ms preprocess, [0-9.]+ms inference, [0-9.]+ms postprocess per image"
                    + " at shape \\(1, 3, 640, 640\\)"),
        out);
    assertTrue(
        lines.get(5).matches("Preparation: [0-9.]+ms, spent once and not part of the above"), out);
    assertEquals("1 label saved to " + runs.resolve("predict/labels"), lines.get(6));
    assertEquals("Results saved to " + runs.resolve("predict"), lines.get(7));
    assertEquals(8, lines.size());
    assertEquals(1080, ImageIO.read(runs.resolve("predict/bus.jpg").toFile()).getHeight());
    String labels = Files.readString(runs.resolve("predict/labels/bus.txt"));
    assertEquals(5, labels.lines().count());
    assertTrue(labels.lines().allMatch(line -> line.split(" ").length == 6), labels);

    assertEquals(0, predict("source=" + bus, "save=False"), err);
    assertFalse(Files.exists(runs.resolve("predict2")));
    assertEquals(0, predict("source=" + bus, "verbose=False"), err);
    assertEquals("", out + err);
    assertTrue(Files.exists(runs.resolve("predict2/bus.jpg")));
    assertEquals(0, predict("source=" + bus, "exist_ok"), err);
    assertTrue(out.endsWith("Results saved to " + runs.resolve("predict") + "\n"), out);
  }

  @Test
  void oneBadPictureDoesNotStopTheOthers() throws IOException {
    Path pictures = Files.createDirectory(folder.resolve("pictures"));
    Files.copy(Assets.picture("bus.jpg"), pictures.resolve("a.jpg"));
    Files.writeString(pictures.resolve("b.jpg"), "no picture");
    Files.copy(Assets.picture("zidane.jpg"), pictures.resolve("c.jpg"));
    assertEquals(1, predict("source=" + pictures));
    failed("b.jpg");
    assertTrue(out.contains("image 1/3 ") && out.contains("image 3/3 "), out);
    assertTrue(Files.exists(folder.resolve("runs/predict/c.jpg")));
  }

  @Test
  void unwritableFolderIsTold() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    Path bus = Assets.picture("bus.jpg");
    assertEquals(1, predict("source=" + bus, "project=" + file.resolve("x")));
    failed("A folder for the results must be made");
  }

  @ParameterizedTest
  @ValueSource(strings = {"predict", "val", "benchmark"})
  void foldersThatCannotBeAreRefusedBeforeTheModelIsLoaded(String mode) throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    String missing = "model=" + folder.resolve("none.pt");
    String project = "project=" + folder.resolve("runs");
    List<String> line = List.of(mode, missing, mode.equals("predict") ? "source=a" : "data=a");
    for (String name : List.of("..", "../x", "/x")) {
      assertEquals(2, run(line, project, "name=" + name));
      failed("name must be a folder inside of the project '" + folder.resolve("runs"));
      assertEquals(2, run(line, "name=" + name));
      failed("name must be a folder inside of the project '" + Path.of("runs/detect"));
    }
    assertEquals(2, run(line, "project=a\0b"));
    failed("project must be a path, but was 'a?b'");
    assertEquals(2, run(line, project, "name=" + "x".repeat(4096)));
    failed("name must be a path whose parts have at most 251 bytes, but 'xxx");
    assertEquals(1, run(line, "project=" + file));
    failed("A folder for the results must be made");
    assertEquals(1, run(line, "project=" + folder, "name=file", "exist_ok"));
    failed("A folder for the results must be made");
    assertFalse(Files.exists(folder.resolve("runs")));
  }

  private int run(List<String> line, String... more) {
    return run(Stream.concat(line.stream(), Stream.of(more)).toArray(String[]::new));
  }

  @Test
  void foldersThatAreNotNeededAreNotChecked() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    String source = "source=" + Assets.picture("bus.jpg");
    String missing = "model=" + folder.resolve("none.pt");
    assertEquals(1, run("predict", source, missing, "project=" + file, "save=False"));
    assertTrue(err.contains("none.pt"), err);
    assertEquals(1, run("predict", source, missing, "project=" + folder, "name=file"));
    assertTrue(err.contains("none.pt"), "file2 is free: " + err);
  }

  @Test
  void staticArchiveRefusesAnotherSize() {
    assertEquals(2, predict("source=" + Assets.picture("bus.jpg"), "imgsz=320"));
    failed("320");
    assertFalse(Files.exists(folder.resolve("runs")));
  }

  @Test
  void exportsAndPredictsWithTheExport() throws IOException {
    Path model = Files.copy(Assets.get("weights/yolo11n.pt"), folder.resolve("yolo11n.pt"));
    assertEquals(0, run("export", "model=" + model, "imgsz=320"), err);
    Path file = folder.resolve("yolo11n.torchscript");
    assertTrue(Files.exists(file));
    List<String> lines = out.lines().toList();
    assertTrue(lines.get(1).startsWith("YOLO11n summary (fused): "), out);
    assertTrue(lines.get(1).contains("2,616,248 parameters, 6.5 GFLOPs"), out);
    assertTrue(out.contains("Results saved to " + folder), out);
    assertEquals(
        "Predict: yolo predict task=detect model=" + file + " imgsz=320",
        lines.get(lines.size() - 1));
    String[] hint = lines.get(lines.size() - 1).substring("Predict: yolo ".length()).split(" ");
    String[] args = java.util.Arrays.copyOf(hint, hint.length + 2);
    args[hint.length] = "source=" + Assets.picture("bus.jpg");
    args[hint.length + 1] = "save=False";
    assertEquals(0, run(args), err);
    assertTrue(out.contains(": 320x320 "), out);
  }
}
