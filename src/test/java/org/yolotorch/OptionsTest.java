// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

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
    refused("batch must be", () -> ExportOptions.builder().batch(0).build());
    refused("format must be", () -> ExportOptions.builder().format("onnx").build());
    refused("device must", () -> ExportOptions.builder().device("cpu\nfile=x").build());
    refused("device must", () -> LoadOptions.builder().device(" ").build());
    refused("file must be", () -> ExportOptions.builder().file(Path.of("a\nb")).build());
    refused("A task must be", () -> Task.of("sing"));
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
    assertEquals("device=cpu\nseed=7", LoadOptions.builder().seed(7).build().settings());
    assertEquals(
        "format=torchscript\nbatch=2\ndevice=cpu\nimgsz=480,640\nfile=a.torchscript",
        ExportOptions.builder()
            .batch(2)
            .imgsz(new ImageSize(480, 640))
            .file(Path.of("a.torchscript"))
            .build()
            .settings());
  }
}
