// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.yolotorch.internal.ClassNames;

class OptionsTest {
  private static void refused(String expected, Executable call) {
    YoloException error = assertThrows(YoloException.InvalidArgument.class, call);
    assertEquals(ErrorCode.INVALID_ARGUMENT, error.code());
    assertTrue(error.getMessage().startsWith(expected), error.getMessage());
    assertTrue(error.getMessage().endsWith("."), error.getMessage());
  }

  @Test
  void predictDefaultsAreThoseOfTheField() {
    PredictOptions options = PredictOptions.defaults();
    assertEquals(0.25, options.conf());
    assertEquals(0.7, options.iou());
    assertNull(options.imgsz());
    assertEquals(300, options.maxDet());
    assertEquals(List.of(), options.classes());
    assertEquals(MaskFrame.IMAGE, options.maskFrame());
    assertFalse(options.retinaMasks());
    assertEquals(List.of(), options.classNames());
    assertEquals(options, PredictOptions.builder().build());
    assertEquals(options, options.toBuilder().build());
  }

  @Test
  void valuesOutOfRangeAreRefused() {
    refused(
        "conf must be a number from 0 to 1, but was 2.0;",
        () -> PredictOptions.builder().conf(2).build());
    refused("conf must be", () -> PredictOptions.builder().conf(Double.NaN).build());
    refused("iou must be", () -> PredictOptions.builder().iou(-0.1).build());
    refused("max_det must be", () -> PredictOptions.builder().maxDet(0).build());
    refused("max_det must be", () -> PredictOptions.builder().maxDet(100_001).build());
    refused("imgsz must be", () -> PredictOptions.builder().imgsz(0));
    refused("imgsz must be", () -> PredictOptions.builder().imgsz(8193));
    refused("classes must be", () -> PredictOptions.builder().classes(1, -1).build());
    refused(
        "retina_masks makes masks of the picture's pixels",
        () -> PredictOptions.builder().retinaMasks(true).maskFrame(MaskFrame.NETWORK).build());
    refused(
        "retina_masks makes masks of the picture's pixels, but maskFrame QUARTER",
        () -> PredictOptions.builder().retinaMasks(true).maskFrame(MaskFrame.QUARTER).build());
    refused("batch must be", () -> ExportOptions.builder().batch(0).build());
    refused("format must be", () -> ExportOptions.builder().format("onnx").build());
    refused("device must", () -> ExportOptions.builder().device("cpu\nfile=x").build());
    refused("device must", () -> LoadOptions.builder().device(" ").build());
    refused("file must be", () -> ExportOptions.builder().file(Path.of("a\nb")).build());
    refused("A task must be", () -> Task.of("sing"));
  }

  @Test
  void classesAreIdsOrNames() {
    PredictOptions.Builder builder = PredictOptions.builder().classes(3, 1);
    assertEquals(List.of(3, 1), builder.build().classes());
    PredictOptions named = builder.classes("person", "bus").build();
    assertEquals(List.of("person", "bus"), named.classNames());
    assertEquals(List.of(), named.classes());
    assertEquals(named, named.toBuilder().build());
    assertEquals(PredictOptions.defaults(), named.toBuilder().classes().build());
    Map<Integer, String> names = Map.of(2, "bus", 5, "crane", 7, "person", 8, "crane");
    assertEquals(List.of(2, 7), ClassNames.resolve(named, names).classes());
    assertEquals(List.of(), ClassNames.resolve(named, names).classNames());
    PredictOptions both = builder.classes("crane").build();
    assertEquals(List.of(5, 8), ClassNames.resolve(both, names).classes());
    refused(
        "classes must name classes of the model, but none of its 4 is called 'Buss'; the nearest"
            + " are 'bus'.",
        () -> ClassNames.resolve(builder.classes("person", "Buss").build(), names));
    refused(
        "classes must name classes of the model, but none of its 4 is called 'zeppelin'; names() of"
            + " the model lists them all.",
        () -> ClassNames.resolve(builder.classes("zeppelin").build(), names));
  }

  @Test
  void threadsAreFromZeroToALimit() {
    for (int threads : new int[] {-1, 1025, 10_000, Integer.MIN_VALUE}) {
      LoadOptions.Builder builder = LoadOptions.builder().threads(threads);
      YoloException.InvalidArgument refused =
          assertThrows(YoloException.InvalidArgument.class, builder::build);
      assertEquals(
          "threads must be from 0 to 1024, but was " + threads + "; 0 takes the cores there are.",
          refused.getMessage());
    }
    assertEquals(0, LoadOptions.builder().threads(0).build().threads());
    assertEquals(1024, LoadOptions.builder().threads(1024).build().threads());
  }

  @Test
  void timesAndIsolationAreChecked() {
    for (Duration wrong : List.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofDays(2))) {
      LoadOptions.Builder builder = LoadOptions.builder().timeout(wrong);
      YoloException refused = assertThrows(YoloException.InvalidArgument.class, builder::build);
      assertTrue(refused.getMessage().startsWith("timeout must be from 1 ms to 24 h, but was "));
    }
    assertEquals(Duration.ofDays(1), LoadOptions.MAX_TIMEOUT);
    assertNull(LoadOptions.defaults().timeout());
    assertNull(LoadOptions.defaults().isolation());
    assertEquals(
        new Isolation(2L << 30, Duration.ofMinutes(1)),
        LoadOptions.builder().isolated(true).build().isolation());
    assertNull(LoadOptions.builder().isolated(true).isolated(false).build().isolation());
    assertThrows(
        YoloException.InvalidArgument.class, () -> new Isolation(1, Duration.ofMinutes(1)));
    assertThrows(
        YoloException.InvalidArgument.class,
        () -> new Isolation(Isolation.MIN_MEMORY, Duration.ZERO));
  }

  @Test
  void bordersAreAccepted() {
    PredictOptions options =
        PredictOptions.builder().conf(0).iou(1).maxDet(100_000).imgsz(8192).classes(0).build();
    assertEquals(List.of(0), options.classes());
    assertEquals("8192x8192", options.imgsz().toString());
  }

  @Test
  void settingsAreOneLineEach() {
    assertEquals(
        "device=cpu\nseed=7\nthreads=0\noptimize_level=3",
        LoadOptions.builder().seed(7).build().settings());
    assertEquals(
        "device=0\nseed=0\ntask=obb\ntrusted=true\nsha256="
            + "a".repeat(64)
            + "\nthreads=2\noptimize_level=0\nwarmup=true\ntimeout_ms=1500",
        LoadOptions.builder()
            .device("0")
            .task(Task.OBB)
            .trusted(true)
            .sha256("a".repeat(64))
            .threads(2)
            .optimizeLevel(0)
            .warmup(true)
            .timeout(Duration.ofMillis(1500))
            .build()
            .settings());
    String plain =
        "\ndynamic=false\nnms=false\nconf=0.25\niou=0.7\nmax_det=300\nagnostic_nms=false"
            + "\nhalf=false\noptimize=false\npipeline=false";
    assertEquals(
        "batch=2\ndevice=cpu\nimgsz=480,640\nfile=a.torchscript" + plain,
        ExportOptions.builder()
            .batch(2)
            .imgsz(new ImageSize(480, 640))
            .file(Path.of("a.torchscript"))
            .build()
            .settings());
    assertEquals(
        "batch=1\ndevice=cpu" + plain + "\nlayers=0-9",
        ExportOptions.builder().layers("0-9").build().settings());
    assertEquals(
        "batch=1\ndevice=cpu\ndynamic=true\nnms=true\nconf=0.5\niou=0.6"
            + "\nmax_det=7\nagnostic_nms=true\nhalf=true\noptimize=true\npipeline=false",
        ExportOptions.builder()
            .dynamic(true)
            .nms(true)
            .conf(0.5)
            .iou(0.6)
            .maxDet(7)
            .agnosticNms(true)
            .half(true)
            .optimize(true)
            .build()
            .settings());
  }

  @Test
  void exportDefaultsAreThoseOfTheField() {
    ExportOptions options = ExportOptions.defaults();
    assertEquals("torchscript", options.format());
    assertNull(options.imgsz());
    assertEquals(1, options.batch());
    assertFalse(options.dynamic() || options.nms() || options.half() || options.optimize());
    assertFalse(options.pipeline() || options.agnosticNms());
    assertEquals(0.25, options.conf());
    assertEquals(0.7, options.iou());
    assertEquals(300, options.maxDet());
    assertEquals(options, ExportOptions.builder().format("TorchScript").build());
    assertEquals(0.5, ExportOptions.builder().pipeline(true).conf(0.5).build().conf());
  }

  private static ExportOptions.Builder export() {
    return ExportOptions.builder();
  }

  @Test
  void formatsAreToldApart() {
    refused(
        "format must be torchscript, but was 'torchscrip'; the nearest is 'torchscript'",
        () -> export().format("torchscrip").build());
    refused(
        "format must be torchscript, but was 'ONNX'; only TorchScript is written here",
        () -> export().format("ONNX").build());
    refused(
        "format must be torchscript, but was 'pt', the checkpoint itself",
        () -> export().format("pt").build());
    refused("format must not be empty", () -> export().format("").build());
  }

  @Test
  void exportContradictionsAreRefused() {
    refused("conf is for archives that give final", () -> export().conf(0.25).build());
    refused("iou is for archives that give final", () -> export().iou(0.5).build());
    refused("max_det is for archives that give final", () -> export().maxDet(10).build());
    refused("agnostic_nms is for archives", () -> export().agnosticNms(true).build());
    refused("conf must be", () -> export().nms(true).conf(2).build());
    refused("iou must be", () -> export().nms(true).iou(Double.NaN).build());
    refused("max_det must be", () -> export().pipeline(true).maxDet(0).build());
    refused("pipeline=True takes", () -> export().pipeline(true).dynamic(true).build());
    Path script = Path.of("a.py");
    refused("script=FILE brings", () -> export().script(script).nms(true).build());
    refused("script=FILE brings", () -> export().script(script).pipeline(true).build());
    refused("layers=FIRST-LAST exports", () -> export().layers("0-9").nms(true).build());
    refused("layers=FIRST-LAST exports", () -> export().layers("0-9").script(script).build());
    for (String layers : new String[] {"a", "1-", "-1", "1-2-3", "0-999999"}) {
      refused("layers must be FIRST-LAST", () -> export().layers(layers).build());
    }
    refused("script must be", () -> export().script(Path.of("a\nb")).build());
    for (String device : new String[] {"0", "cuda:1"}) {
      refused(
          "optimize=True is for phones and runs on the CPU only: use device=cpu",
          () -> export().optimize(true).device(device).build());
    }
  }
}
