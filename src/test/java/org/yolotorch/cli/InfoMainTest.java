// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yolotorch.ExportOptions;
import org.yolotorch.FileInfo;
import org.yolotorch.ModelArchive;
import org.yolotorch.Yolo;
import org.yolotorch.support.Assets;

/** {@code yolo info}, and the arguments that say how a model is opened. */
class InfoMainTest extends CommandLineRun {
  private static final String ARCHIVE = "exported/yolo11n.torchscript";
  private static final int WIDTH = 100;

  @TempDir Path folder;

  private int info(Path file, String... more) {
    String[] args = Arrays.copyOf(new String[] {"info", "model=" + file}, more.length + 2);
    System.arraycopy(more, 0, args, 2, more.length);
    return run(args);
  }

  private void printed(String... parts) {
    for (String part : parts) {
      assertTrue(out.contains(part), part + " is missing in\n" + out);
    }
    assertTrue(out.lines().skip(1).allMatch(line -> line.length() <= WIDTH), out);
    assertEquals("", err);
  }

  @Test
  void anArchiveIsToldInWhole() {
    Path file = Assets.get("exported/yolo11n-nms.torchscript");
    assertEquals(0, info(file));
    printed(
        file + ": a TorchScript archive\n",
        "\nVerdict      clean: ",
        "\nSize         11,014,030 bytes (10.5 MB)\n",
        "\nTask         detect\n",
        "\nFamily       YOLO11n\n",
        "\nClasses      80: 0 person, 1 bicycle, ",
        " and 68 more\n",
        "\nInput        640 x 640 (height x width) only, stride 32; 3 channels, batch 1\n",
        "conf=0.25 iou=0.7 max_det=300",
        "agnostic_nms=False fixed\n",
        "\nParameters   2,624,080 as trained, 2,616,248 fused\n",
        "\nGFLOPs       6.5 for",
        "\nSPPF         SiLU, as told by the archive's module model.9.cv1.act\n",
        "\nLicence      AGPL-3.0",
        "\nVersion      8.3.221\n",
        " float32",
        "\nDevices      cpu: ",
        "\nOperators    88 aten::_convolution, 77 aten::silu_, ",
        "1 torchvision::nms",
        "\nOpens in     yolotorch; Python with torch and torchvision",
        "\n    0          -1           464  Conv\n",
        "\n   23    16,19,22       464,912  Detect\n");
  }

  @Test
  void checkpointsAndNamesAreTold() {
    assertEquals(0, info(Assets.get("weights/yolo11n-pose.pt")));
    printed(
        ": an Ultralytics checkpoint\n",
        "\nKeypoints    17 of 3 numbers each\n",
        ", or any whose sides are multiples of 32",
        " float16");
    assertEquals(0, info(Path.of("yolo11n-obb.yaml")));
    printed("an architecture without trained weights", "\nTask         obb\n", "\nWarning      ");
    assertFalse(out.contains("\nSize "), out);
  }

  /** Clean, but it cannot predict. */
  @Test
  void anArchiveOfSomeLayersIsToldToBeOne() {
    Path file = folder.resolve("part.torchscript");
    try (Yolo model = Yolo.load(Assets.get("weights/yolo11n.pt"))) {
      model.export(ExportOptions.builder().layers("0-9").imgsz(64).file(file).build());
    }
    assertEquals(0, info(file));
    printed(
        "\nAdvice       It holds layers 0-9 of a model only",
        "LibTorch in C++, Python with torch, DJL");
  }

  @Test
  void otherFilesEndWithTwo() throws IOException {
    Path text = Files.writeString(folder.resolve("notes.pt"), "buy milk\n");
    assertEquals(2, info(text));
    printed(
        text + ": a text file\n",
        "\nVerdict      cannot tell: 'notes.pt' is a text file.\n",
        "\nAdvice       name a model file\n",
        "\nSize         9 bytes\n");
    assertEquals(2, info(Assets.get("exported/yolo11n.onnx")));
    printed(": an ONNX model\n");
    assertEquals(2, info(Files.createFile(folder.resolve("empty.pt"))));
    printed(": an empty file\n", "\nSize         0 bytes\n");
  }

  @Test
  void badFilesEndWithOne() throws IOException {
    byte[] archive = Files.readAllBytes(Assets.get(ARCHIVE));
    archive[archive.length / 2] ^= 1;
    assertEquals(1, info(Files.write(folder.resolve("bad.torchscript"), archive)));
    printed("\nVerdict      refused: 'bad.torchscript' ");
    Path missing = folder.resolve("none.pt");
    assertEquals(1, info(missing));
    assertEquals("", out);
    assertEquals(1, err.lines().count(), err);
    assertTrue(err.contains("none.pt"), err);
  }

  @Test
  void jsonIsAllThatGoesToStandardOutput() throws IOException {
    Path file = Assets.get(ARCHIVE);
    for (String json : new String[] {"json=True", "json", "--json"}) {
      assertEquals(0, info(file, json));
      assertEquals("", err);
      assertEquals(1, out.lines().count(), out);
      FileInfo info = ModelArchive.inspect(file);
      assertEquals(info.toJson(file.toString()), out.strip());
      JsonNode root = new ObjectMapper().readTree(out);
      assertEquals(file.toString(), root.get("file").asText());
      assertEquals(2_616_248, root.get("model").get("parameters_fused").asLong());
    }
    Path text = Files.writeString(folder.resolve("a.txt"), "text");
    assertEquals(2, info(text, "json=True"));
    assertEquals("text", new ObjectMapper().readTree(out).get("kind").asText());
  }

  @Test
  void theExitCodesAreInTheHelp() {
    assertEquals(0, run("info", "--help"));
    for (Argument argument : Argument.values()) {
      assertEquals(
          argument.belongsTo(Mode.INFO),
          out.contains("\n  " + argument.key() + " "),
          argument.key());
    }
    printed("\n  0  clean", "\n  1  refused", "\n  2  cannot tell");
    assertEquals(0, run("help"));
    printed("\n  info ", "Exit codes: 0 all done");
  }

  /** A name must not reach the terminal as a command to it. */
  @Test
  void whatAFileSaysIsPrintedPlainly() throws IOException {
    Path yaml = folder.resolve("yolo11n.yaml");
    Files.writeString(yaml, "nc: 1\nbackbone:\n  - [-1, 1, \"Conv\\u001b[2J\", [64, 3, 2]]\n");
    info(yaml);
    assertFalse(out.contains("\u001b"), out);
  }

  @Test
  void trustAndSumHoldForEveryMode() throws IOException {
    Path script = folder.resolve("forward.py");
    Files.writeString(
        script,
        "def forward(self, x: Tensor):\n  y = self.network(x)\n  return y + y.acosh() * 0\n");
    Path made = folder.resolve("made.torchscript");
    try (Yolo model = Yolo.load(Assets.get("weights/yolo11n.pt"))) {
      model.export(ExportOptions.builder().script(script).imgsz(64).file(made).build());
    }
    assertEquals(1, info(made));
    printed("aten::acosh", "trusted=True");
    assertEquals(0, info(made, "trusted=True"), out);
    printed(
        "\nWarning      'made.torchscript' uses what no YOLO network needs (operator 'aten::acosh');");
    String source = "source=" + Assets.picture("bus.jpg");
    assertEquals(1, run("predict", source, "model=" + made, "save=False"));
    assertTrue(err.contains("aten::acosh"), err);
    assertEquals(0, run("predict", source, "model=" + made, "save=False", "trusted", "threads=1"));

    String sum = ModelArchive.inspect(made).sha256();
    assertEquals(0, info(made, "trusted", "sha256=" + sum));
    String other = "sha256=" + "1".repeat(64);
    assertEquals(1, info(made, "trusted", other));
    printed("must have the SHA-256\n             1111");
    assertEquals(1, run("predict", source, "model=" + made, "trusted", other));
    assertTrue(err.contains("must have the SHA-256 1111"), err);
    assertEquals(1, run("export", "model=" + Assets.get("weights/yolo11n.pt"), other));
    assertTrue(err.contains("must have the SHA-256 1111"), err);
    assertEquals(2, info(made, "sha256=short"));
    assertTrue(err.startsWith("sha256 must be 64 hexadecimal digits"), err);
    assertEquals(2, run("predict", source, "model=" + made, "threads=-1"));
    assertTrue(err.startsWith("threads must be a whole number from 0 to 1024"), err);
  }

  @Test
  void whatWasOptimisedIsToldWhereItIsAskedFor() {
    Path file = Assets.get(ARCHIVE);
    assertEquals(0, info(file, "optimize_level=2"));
    printed("\nOptimised    Level 2 was asked for: as 1, and convolutions on packed weights.\n");
    // And what the run has done.
    assertTrue(out.lines().filter(line -> line.startsWith("Optimised ")).count() > 1, out);
    assertEquals(0, info(file, "optimize_level=0", "json=True"));
    assertTrue(out.contains("\"optimizations\":[\"Level 0 was asked for: LibTorch alone.\"]"), out);
    assertEquals(0, info(file, "json=True"));
    assertTrue(out.contains("\"optimizations\":[]"), out);
    assertEquals(2, info(file, "optimize_level=4"));
    assertTrue(err.startsWith("optimize_level must be a whole number from 0 to 3"), err);

    String source = "source=" + Assets.picture("bus.jpg");
    assertEquals(0, run("predict", source, "model=" + file, "optimize_level=0", "save=False"));
    assertTrue(out.contains("\nNetwork: Level 0 was asked for: LibTorch alone.\nSpeed: "), out);
  }

  @Test
  void bfloat16IsUsedWhereTheCpuHasIt() {
    String model = "model=" + Assets.get(ARCHIVE);
    assertEquals(2, run("info", model, "precision=fp64"));
    assertTrue(err.startsWith("precision must be fp32 or bf16, but was 'fp64'"), err);
    assertEquals(2, run("info", model, "precision=bf16", "optimize_level=2"));
    assertTrue(err.startsWith("precision=bf16 needs optimize_level=3"), err);

    int code = run("info", model, "precision=bf16");
    assumeFalse(code == 2 && err.startsWith("precision=bf16 needs a CPU"), err);
    assertEquals(0, code, err);
    assertTrue(out.contains("layers in bfloat16"), out);
    String source = "source=" + Assets.picture("bus.jpg");
    String level = "optimize_level=3";
    assertEquals(0, run("predict", source, model, "precision=bf16", level, "save=False"), err);
    assertTrue(out.contains("4 persons, 1 bus") && out.contains("layers in bfloat16"), out);
    assertEquals(0, run("predict", source, model, level, "save=False"), err);
    assertFalse(out.contains("bfloat16"), out);
  }

  @Test
  void askingForMoreThanWasBakedIsToldOnce() throws IOException {
    Path pictures = Files.createDirectory(folder.resolve("pictures"));
    Files.copy(Assets.picture("bus.jpg"), pictures.resolve("a.jpg"));
    Files.copy(Assets.picture("zidane.jpg"), pictures.resolve("b.jpg"));
    String model = "model=" + Assets.get("exported/yolo11n-nms.torchscript");
    assertEquals(0, run("predict", model, "source=" + pictures, "save=False", "conf=0.1"));
    assertEquals(1, err.lines().count(), err);
    assertTrue(err.startsWith("conf=0.1 was asked for, but 'yolo11n-nms.torchscript' was"), err);
    assertEquals(0, run("predict", model, "source=" + pictures, "save=False"));
    assertEquals("", err);
  }

  @Test
  void theTaskOfAnArchiveCanBeCorrectedButNotChanged() {
    String source = "source=" + Assets.picture("bus.jpg");
    String model = "model=" + Assets.get(ARCHIVE);
    assertEquals(0, run("segment", "predict", model, source, "save=False"));
    assertTrue(
        err.startsWith("The task 'segment' was asked for, but the model's is 'detect' (it has"),
        err);
    assertEquals(1, err.lines().count(), err);
    assertEquals(0, run("detect", "predict", model, source, "save=False"));
    assertEquals("", err);
  }
}
