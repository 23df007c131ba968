// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yolotorch.ImageSize;
import org.yolotorch.ModelInfo;
import org.yolotorch.Yolo;

/** {@code yolo export} with every argument, on random weights: no asset is needed. */
class ExportMainTest extends CommandLineRun {
  @TempDir Path folder;

  @Override
  int run(String... args) {
    int code = super.run(args);
    // Told about every architecture without a checkpoint; not what is tested here.
    err = err.lines().filter(line -> !line.contains("random weights")).collect(joining("\n"));
    return code;
  }

  private Path file() {
    return folder.resolve("a.torchscript");
  }

  /** Exports a small model; the facts of the archive, which can be loaded. */
  private ModelInfo export(String line) {
    String all = "export model=yolo11n.yaml imgsz=64 output=" + file() + " " + line;
    assertEquals(0, run(all.strip().split(" ")), err);
    try (Yolo model = Yolo.load(file())) {
      return model.info();
    }
  }

  private String lastLine() {
    return out.lines().reduce((first, second) -> second).orElseThrow();
  }

  private void printed(String... parts) {
    for (String part : parts) {
      assertTrue(out.contains(part), out);
    }
  }

  @Test
  void plain() {
    ModelInfo info = export("");
    assertFalse(info.nms() || info.dynamic());
    assertEquals("", err);
    assertTrue(out.matches("(?s).*written in [0-9.]+s as '.*' \\([0-9.]+ MB\\)\n.*"), out);
    assertEquals("Predict: yolo predict task=detect model=" + file() + " imgsz=64", lastLine());
    assertFalse(out.contains("\nhalf:") || out.contains("\nnms:"), out);
  }

  @Test
  void sizesAreRoundedUpAndTold() {
    ModelInfo info = export("imgsz=500,640");
    assertEquals(new ImageSize(512, 640), info.imgsz());
    assertEquals("imgsz=[500, 640] is no multiple of the stride 32: taking [512, 640]", err);
    assertTrue(lastLine().endsWith(" imgsz=512,640"), out);
  }

  @Test
  void dynamicNmsAndHalf() throws IOException {
    export("");
    long full = Files.size(file());
    ModelInfo info = export("dynamic nms half conf=0.4 max_det=20 agnostic_nms");
    assertTrue(info.nms() && info.dynamic());
    assertEquals("", err);
    printed(
        "\ndynamic: takes every size whose sides are multiples of 32\n",
        "\nnms: gives final detections; conf=0.4 iou=0.7 max_det=20 agnostic_nms=True unless",
        "\nhalf: ");
    assertTrue(Files.size(file()) < 0.54 * full);
    export("quantize=fp16");
    printed("\nhalf: ");
    export("quantize=32");
    assertFalse(out.contains("\nhalf: "), out);
  }

  @Test
  void optimize() {
    export("optimize=True");
    printed(
        "\noptimize: XNNPACK is not in this LibTorch; frozen, folded and saved for the lite"
            + " interpreter\n");
  }

  @Test
  void pipelineBringsNmsAlong() {
    String base = "export imgsz=64 pipeline output=" + file();
    assertEquals(0, run((base + " model=yolo11n.yaml").split(" ")), err);
    printed("of any size; nms=True comes with it\n", "\nnms: gives final detections; conf=0.25 ");
    assertEquals(
        "Load: torch::jit::load(\""
            + file()
            + "\") in C++, torch.jit.load('"
            + file()
            + "') in Python",
        lastLine());
    assertEquals(0, run((base + " model=yolo11n-cls.yaml").split(" ")), err);
    assertFalse(out.contains("nms"), out);
  }

  @Test
  void scriptAndLayers() throws IOException {
    Path script = folder.resolve("mine.py");
    Files.writeString(script, "def forward(self, x: Tensor):\n  return self.network(x)\n");
    export("script=" + script);
    printed("\nscript: forward is that of '" + script + "'\n");
    Files.writeString(script, "def forward(self, x: Tensor):\n  return x +\n");
    String base = "export model=yolo11n.yaml imgsz=64 output=" + file();
    assertEquals(2, run((base + " script=" + script).split(" ")));
    assertTrue(err.contains("return x +"), err);
    assertEquals(0, run((base + " layers=0-9").split(" ")), err);
    printed("\nlayers: only 0-9; ");
    assertTrue(lastLine().startsWith("Load: "), out);
  }

  @Test
  void whatOtherFormatsTakeIsTakenWithAWarning() {
    export("simplify=True opset=17 workspace=4 int8=False keras=False fraction=1.0");
    assertEquals(3, err.lines().count(), err);
    for (String argument : new String[] {"simplify=True", "opset=17", "workspace=4"}) {
      String reason = " changes nothing in export: it is of other formats than TorchScript.";
      assertTrue(("\n" + err + "\n").contains("\n" + argument + reason + "\n"), err);
    }
    export("int8=True keras fraction=0.5 data=coco8.yaml");
    assertEquals(4, err.lines().count(), err);
    assertTrue(err.contains("int8=True changes nothing in export: weights are stored in 32"), err);
    export("quantize=8");
    assertTrue(err.startsWith("quantize=8 changes nothing in export: weights are stored"), err);
    assertFalse(out.contains("\nhalf: "), out);
  }

  @Test
  void archivesAreRefusedBeforeAnythingIsTraced() {
    export("");
    assertEquals(1, run("export", "model=" + file(), "format=torchscript"), out);
    assertTrue(err.contains("is a TorchScript archive already; export from a checkpoint"), err);
    assertFalse(out.contains("tracing"), out);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "format=torchscrip | the nearest is 'torchscript'",
        "format=onnx int8=True | only TorchScript is written here",
        "format=engine half | but was 'engine'; only TorchScript is written here",
        "quantize=7 | quantize must be 16 or 32 bits, but was '7'",
        "quantize=16 half=False | contradict each other",
        "quantize=32 half | contradict each other",
        "conf=0.25 | add nms=True",
        "max_det=10 | add nms=True",
        "agnostic_nms | add nms=True",
        "nms conf=2 | conf must be a number from 0 to 1",
        "optimize device=0 | optimize=True is for phones and runs on the CPU only: use device=cpu",
        "pipeline dynamic | leave dynamic out",
        "script=a.py nms | leave nms and pipeline out",
        "layers=9 nms | leave nms, pipeline and script out",
        "layers=x | layers must be FIRST-LAST",
        "layers=9-3 | 0 <= FIRST <= LAST <= 23, but is 9-3",
        "model=yolo11n-cls.yaml nms | is not valid for classification models"
      })
  void mistakesExitWithTwo(String line, String part) {
    String all = "export model=yolo11n.yaml imgsz=64 output=" + file() + " " + line;
    assertEquals(2, run(all.split(" ")), out + err);
    assertTrue(err.contains(part), err);
    assertEquals(1, err.lines().count(), err);
    assertFalse(Files.exists(file()));
  }

  @Test
  void foldersThatAreNotThereAreTold() {
    String base = "export model=yolo11n.yaml imgsz=64 output=";
    assertEquals(1, run((base + folder.resolve("no/a.torchscript")).split(" ")));
    assertTrue(err.contains("cannot be written"), err);
    assertEquals(1, err.lines().count(), err);
  }

  @Test
  void takesTheNextPlaceInAModelRepository() throws IOException {
    String model = "export model=yolo11n-seg.yaml imgsz=64 ";
    String repository = "repository=" + folder.resolve("models");
    for (int version = 1; version <= 2; version++) {
      assertEquals(0, run((model + repository).split(" ")), err);
      Path file = folder.resolve("models/yolo11n-seg/" + version + "/model.pt");
      try (Yolo yolo = Yolo.load(file)) {
        assertEquals(new ImageSize(64, 64), yolo.info().imgsz());
      }
      assertEquals("Serve: yolo serve " + repository, lastLine());
    }
    Path config = folder.resolve("models/yolo11n-seg/config.pbtxt");
    assertEquals(
        """
        name: "yolo11n-seg"
        platform: "pytorch_libtorch"
        max_batch_size: 8
        input [ { name: "images__0" data_type: TYPE_FP32 dims: [ 3, 64, 64 ] } ]
        output [ { name: "output__0" data_type: TYPE_FP32 dims: [ 116, 84 ] } ]
        output [ { name: "output__1" data_type: TYPE_FP32 dims: [ 32, 16, 16 ] } ]
        dynamic_batching { max_queue_delay_microseconds: 2000 }
        """,
        Files.readString(config));
    Files.writeString(config, "own");
    assertEquals(0, run((model + repository + " dynamic").split(" ")), err);
    assertEquals("own", Files.readString(config), "what is there stays");
    assertTrue(Files.exists(folder.resolve("models/yolo11n-seg/3/model.pt")));
    assertEquals(2, run((model + repository + " output=x").split(" ")));
    assertTrue(err.startsWith("repository names the file itself"), err);
    assertEquals(1, run(("export model=none.pt " + repository).split(" ")));
    assertFalse(Files.exists(folder.resolve("models/none")));
  }
}
