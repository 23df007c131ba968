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
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yolotorch.LoadOptions;
import org.yolotorch.ModelArchive;
import org.yolotorch.Precision;
import org.yolotorch.Yolo;
import org.yolotorch.YoloException;
import org.yolotorch.support.Assets;
import org.yolotorch.support.DataFiles;

class ValMainTest extends CommandLineRun {
  private static final String NO_BFLOAT16 = "precision=bf16 needs a CPU that multiplies bfloat16 ";

  @TempDir Path folder;

  private Path shapes() throws IOException {
    Path root = Assets.get("images/shapes-obb").getParent().getParent();
    try (Yolo model = Yolo.load(Assets.get("weights/shapes-obb.pt"))) {
      return DataFiles.write(folder, root, "images/shapes-obb", model.info().names());
    }
  }

  private int val(String... more) throws IOException {
    String[] args = {
      "val", "model=" + Assets.get("weights/shapes-obb.pt"), "project=" + folder.resolve("runs")
    };
    return run(Stream.concat(Stream.of(args), Stream.of(more)).toArray(String[]::new));
  }

  private List<String> files(String run) throws IOException {
    try (Stream<Path> entries = Files.list(folder.resolve("runs").resolve(run))) {
      return entries.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void printsTheTableAndWritesTheFiles() throws IOException {
    String data = "data=" + shapes();
    assertEquals(0, val(data, "save_json", "save_txt", "save_conf", "workers=4"), err);
    assertTrue(err.startsWith("workers=4 changes nothing in val: "), err);
    assertEquals(1, err.lines().count(), err);
    List<String> lines = out.lines().toList();
    assertEquals(
        "                 Class     Images  Instances      Box(P          R      mAP50  mAP50-95)",
        lines.get(3));
    assertTrue(lines.get(4).matches(" {19}all         16         62( {5,9}0\\.\\d{1,3}){4}"), out);
    assertTrue(lines.get(2).endsWith(": 16 images, 0 backgrounds, 0 corrupt"), out);
    assertEquals(8 + 4, lines.size(), out);
    assertTrue(
        lines
            .get(8)
            .matches(
                "Speed: [0-9.]+ms preprocess, [0-9.]+ms inference, [0-9.]+ms postprocess per"
                    + " image"),
        out);
    assertEquals("Results saved to " + folder.resolve("runs/val"), lines.get(11));
    assertEquals(
        List.of(
            "BoxF1_curve.png",
            "BoxPR_curve.png",
            "confusion_matrix.png",
            "confusion_matrix_normalized.png",
            "labels",
            "predictions.json"),
        files("val"));
    for (String name : files("val")) {
      if (name.endsWith(".png")) {
        assertTrue(ImageIO.read(folder.resolve("runs/val/" + name).toFile()).getWidth() >= 1000);
      }
    }
    JsonNode entries =
        new ObjectMapper().readTree(folder.resolve("runs/val/predictions.json").toFile());
    int labels = 0;
    for (String name : files("val/labels")) {
      labels += Files.readAllLines(folder.resolve("runs/val/labels/" + name)).size();
    }
    assertEquals(labels, entries.size());
    assertEquals(8, entries.get(0).get("poly").size());
    assertEquals(
        10,
        Files.readString(folder.resolve("runs/val/labels/0001.txt"))
            .lines()
            .findFirst()
            .orElseThrow()
            .split(" ")
            .length);

    assertEquals(0, val(data, "plots=False", "verbose=False"), err);
    assertEquals(3, out.lines().count(), out);
    assertEquals(List.of(), files("val2"));
  }

  @Test
  void badDataIsOneSentence() throws IOException {
    assertEquals(2, val());
    assertTrue(err.startsWith("data must name a data set"), err);
    assertEquals(1, val("data=" + folder.resolve("no.yaml")));
    assertTrue(err.contains("there is none"), err);
    assertEquals(1, err.lines().count(), err);
    Path data = folder.resolve("data.yaml");
    Files.writeString(data, "val: images\nnames: [a, b, c]\n");
    assertEquals(1, val("data=" + data));
    assertTrue(err.contains("nothing is there; download"), err);
    Files.writeString(data, "val: images\nnames: &a [*a]\n");
    assertEquals(1, val("data=" + data));
    assertTrue(err.contains("texts in names, but a list came in line 2"), err);
    assertEquals(1, err.lines().count(), err);
    assertEquals(1, val("data=no.yaml"));
    assertTrue(err.contains("name the folder of your data sets in YOLOTORCH_DATASETS"), err);
    assertEquals(1, err.lines().count(), err);
    assertEquals(2, val("data=" + shapes(), "split=dev"));
    assertEquals(2, val("data=" + shapes(), "iou=2"));
    assertEquals(2, val("data=" + shapes(), "tile=640"));
    assertEquals(2, val("data=" + shapes(), "precision=bf16", "optimize_level=1"));
    assertTrue(err.startsWith("precision=bf16 needs optimize_level=3"), err);
    assertFalse(Files.exists(folder.resolve("runs")), "no run was begun");
  }

  @Test
  void aPictureLeftOutIsTold() throws IOException {
    Path images = Files.createDirectories(folder.resolve("images"));
    Files.createDirectories(folder.resolve("labels"));
    for (String name : new String[] {"0000", "0001"}) {
      Files.copy(Assets.picture(name + ".jpg"), images.resolve(name + ".jpg"));
    }
    Files.copy(Assets.get("labels/shapes-obb/0000.txt"), folder.resolve("labels/0000.txt"));
    Files.writeString(folder.resolve("labels/0001.txt"), "7 0 0 1 0 1 1 0 1");
    Path data = folder.resolve("data.yaml");
    Files.writeString(data, "val: images\nnc: 3\n");
    Files.writeString(images.resolve("broken.jpg"), "no picture");
    Files.writeString(images.resolve("phone.HEIC"), "\0\0\0\30ftypheic");
    BufferedImage small = new BufferedImage(40, 9, BufferedImage.TYPE_3BYTE_BGR);
    ImageIO.write(small, "png", images.resolve("small.png").toFile());
    Files.writeString(images.resolve("._0000.jpg"), "what a Mac leaves behind");
    Files.copy(Assets.picture("0002.jpg"), images.resolve("plain.JPG"));
    assertEquals(0, val("data=" + data, "plots=False", "save_txt"), err);
    List<String> warnings = err.lines().toList();
    assertEquals(4, warnings.size(), err);
    assertTrue(warnings.get(0).startsWith("Line 1 of '"), err);
    assertTrue(warnings.get(0).contains("but 7 came"), err);
    assertTrue(warnings.get(1).contains("broken.jpg"), err);
    assertTrue(warnings.get(2).contains("phone.HEIC"), err);
    assertTrue(warnings.get(3).contains("at least 10 pixels a side was expected, but '"), err);
    assertTrue(warnings.get(3).contains("small.png' has 40x9;"), err);
    assertTrue(out.contains(" saved to "), out);
    assertTrue(out.contains(": 2 images, 1 background, 4 corrupt"), out);
    assertTrue(out.endsWith("\n4 of 6 pictures left out as corrupt\n"), out);
    assertEquals(0, val("data=" + data, "plots=False", "verbose=False"), err);
    assertTrue(out.endsWith("\n4 of 6 pictures left out as corrupt\n"), out);
  }

  /** Pictures of every shape, two of them of one name, predicted by shape, written in order. */
  @Test
  void rectKeepsTheOrderOfTheDataSet() throws IOException {
    String[] names = {"bus.jpg", "zidane.jpg", "000000000581.jpg", "000000000357.jpg", "bus.jpg"};
    for (int i = 0; i < names.length; i++) {
      Path own = Files.createDirectories(folder.resolve("images/" + i));
      // The second picture called bus is the wide one.
      Path from = Assets.picture(i == 4 ? "zidane.jpg" : names[i]);
      Files.copy(from, own.resolve(names[i]));
      Path label = Files.createDirectories(folder.resolve("labels/" + i));
      String stem = names[i].substring(0, names[i].indexOf('.'));
      Files.writeString(label.resolve(stem + ".txt"), "0 0.5 0.5 0.4 0.8");
    }
    Path broken = Files.createDirectories(folder.resolve("images/5")).resolve("broken.jpg");
    Files.writeString(broken, "no picture");
    Path data;
    Path weights = Assets.get("weights/yolo11n.pt");
    try (Yolo model = Yolo.load(weights)) {
      data = DataFiles.write(folder, folder, "images", model.info().names());
    }
    String[] args = {
      "val",
      "model=" + weights,
      "data=" + data,
      "project=" + folder.resolve("runs"),
      "rect=True",
      "batch=2",
      "conf=0.3",
      "save_json",
      "save_txt",
      "save_conf",
      "plots=False"
    };
    assertEquals(0, run(args), err);
    assertTrue(err.contains("broken.jpg") && err.endsWith("The picture is left out.\n"), err);
    assertEquals(1, err.lines().count(), err);
    JsonNode entries =
        new ObjectMapper().readTree(folder.resolve("runs/val/predictions.json").toFile());
    List<String> order = new ArrayList<>();
    for (JsonNode entry : entries) {
      String name = entry.get("file_name").asText();
      if (order.isEmpty() || !name.equals(order.get(order.size() - 1))) {
        order.add(name);
      }
    }
    assertEquals(List.of(names), order);
    assertEquals(List.of("labels", "predictions.json"), files("val"));
    Path labels = folder.resolve("runs/val/labels");
    assertTrue(holdsBus(labels.resolve("bus.txt")), "the bus itself");
    assertFalse(holdsBus(labels.resolve("bus_2.txt")), "the other picture of its name");

    args[1] = "model=" + Assets.get("exported/yolo11n.torchscript");
    assertEquals(0, run(args), err);
    assertTrue(
        err.startsWith(
            "rect=True changes nothing: this archive takes 640x640 alone; export it with"
                + " dynamic=True."),
        err);
  }

  private static boolean holdsBus(Path labels) throws IOException {
    return Files.readString(labels).lines().anyMatch(line -> line.startsWith("5 "));
  }

  @Test
  void aClassThatTheModelLacksIsNamed() throws IOException {
    assertEquals(0, val("data=" + shapes(), "classes=999"), err);
    assertEquals(List.of("BoxF1_curve.png", "BoxPR_curve.png"), files("val"));
    assertTrue(
        err.startsWith("classes names 999, but the model has no such class; its ids end at 2."),
        err);
  }

  @Test
  void categoriesOfCoco() {
    Map<Integer, String> names = new TreeMap<>();
    for (int id = 0; id < 80; id++) {
      names.put(id, "x");
    }
    assertEquals(12, ValCommand.categories(names).applyAsInt(11));
    names.putAll(Map.of(0, "person", 11, "stop sign", 79, "toothbrush"));
    int[][] pairs = {{0, 1}, {10, 11}, {11, 13}, {23, 25}, {24, 27}, {26, 31}, {79, 90}};
    for (int[] pair : pairs) {
      assertEquals(pair[1], ValCommand.categories(names).applyAsInt(pair[0]));
    }
  }

  @Test
  void helpTellsTheModesOwnDefaults() {
    assertEquals(0, run("val", "--help"));
    assertTrue(
        out.contains("  conf            least confidence of a detection; 0.01 for obb"), out);
    assertTrue(out.contains("(0 to 1, 0.001)"), out);
    assertTrue(out.contains("(a folder, val)"), out);
    assertTrue(out.contains("\n  data "), out);
    assertFalse(out.contains("\n  source "), out);
    assertEquals(0, run("benchmark", "--help"));
    assertTrue(out.contains("(a folder, benchmark)") && out.contains("\n  data "), out);
    assertFalse(out.contains("\n  conf ") || out.contains("\n  split "), out);
    assertEquals(0, run("predict", "--help"));
    assertFalse(out.contains("\n  split "), out);
  }

  /** Whether a model cannot be loaded with bfloat16 on this CPU. */
  private static boolean lacksBfloat16() {
    LoadOptions bfloat16 = LoadOptions.builder().precision(Precision.BF16).build();
    try {
      Yolo.load(Assets.get("exported/yolo11n-cls.torchscript"), bfloat16).close();
      return false;
    } catch (YoloException e) {
      assertTrue(e.getMessage().startsWith(NO_BFLOAT16), e.getMessage());
      return true;
    }
  }

  @Test
  void benchmarksAnArchive() throws IOException {
    String model = "model=" + Assets.get("exported/yolo11n-cls.torchscript");
    String project = "project=" + folder.resolve("runs");
    Path file = Files.createDirectories(folder.resolve("runs/benchmark")).resolve("benchmark.md");
    Path former = Files.createLink(folder.resolve("former"), Files.writeString(file, "former"));
    assertEquals(0, run("benchmark", model, project, "exist_ok", "verbose=False"), err);
    assertEquals("former", Files.readString(former), "written beside its place, then moved there");
    List<String> lines = out.lines().toList();
    assertEquals(8, lines.size(), out);
    assertEquals(
        "Archive      Precision  Level  Device  Size (MB)  top1  ms/image  images/s", lines.get(1));
    for (int level = 0; level < 4; level++) {
      assertTrue(
          lines
              .get(2 + level)
              .matches("torchscript  fp32           " + level + "  cpu  +[0-9.]+ +- +[0-9. ]+"),
          out);
    }
    String report = Files.readString(file);
    boolean lacks = lacksBfloat16();
    assertEquals("", err, "nobody asked for bfloat16");
    assertEquals(lacks, report.contains("\ntorchscript, level 3: " + NO_BFLOAT16), report);
    assertTrue(
        lines
            .get(6)
            .matches(
                "torchscript  bf16           3  cpu  +"
                    + (lacks ? "- +- +failed +-" : "[0-9.]+ +- +[0-9. ]+")),
        out);
    assertEquals(List.of("benchmark.md"), files("benchmark"));
    assertTrue(report.startsWith("# Benchmark of yolo11n-cls.torchscript\n"), report);
    assertTrue(report.contains("\n|---|---|--:|---|--:|--:|--:|--:|\n| torchscript "), report);
  }

  @Test
  void benchmarksEveryKindOfACheckpoint() throws IOException {
    String model = "model=" + Assets.get("weights/shapes-obb.pt");
    String project = "project=" + folder.resolve("runs");
    String pin = "sha256=" + ModelArchive.inspect(Assets.get("weights/shapes-obb.pt")).sha256();
    assertEquals(0, run("benchmark", model, project, "data=" + shapes(), pin), err);
    List<String> rows =
        out.lines().filter(line -> line.matches(".*(fp32|bf16) +\\d  cpu.*")).toList();
    assertEquals(6 * (4 + 1), rows.size(), out);
    boolean lacks = lacksBfloat16();
    assertEquals("", err, "nobody asked for bfloat16");
    assertEquals(lacks, out.contains("\n" + NO_BFLOAT16), out);
    for (String row : rows) {
      boolean measured = row.matches(".*  0\\.7\\d\\d\\d +[0-9.]+ +[0-9.]+");
      assertEquals(lacks && row.contains("bf16"), !measured, row);
    }
    assertEquals(List.of("benchmark.md"), files("benchmark"));
    assertEquals(1, run("benchmark", model, project, "data=" + folder.resolve("no.yaml")));
    assertTrue(err.contains("there is none"), err);
  }
}
