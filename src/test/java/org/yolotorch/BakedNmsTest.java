// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yolotorch.support.ArchiveRewriter;
import org.yolotorch.support.Assets;

/** Asking for more than another program's suppression gives is answered with a warning. */
class BakedNmsTest {
  @TempDir Path folder;

  private final List<String> warnings = Collections.synchronizedList(new ArrayList<>());

  private Yolo load(Path file) {
    return Yolo.load(file, LoadOptions.builder().onWarning(warnings::add).build());
  }

  private void warned(String start) {
    assertEquals(1, warnings.size(), warnings.toString());
    assertTrue(warnings.get(0).startsWith(start), warnings.get(0));
    assertTrue(warnings.get(0).endsWith("."), warnings.get(0));
    warnings.clear();
  }

  @Test
  void eachKindIsToldOnce() {
    Image bus = Image.read(Assets.picture("bus.jpg"));
    PredictOptions base = PredictOptions.defaults();
    try (Yolo model = load(Assets.get("exported/yolo11n-nms.torchscript"))) {
      model.predict(bus);
      model.predict(bus, base.toBuilder().conf(0.5).iou(0.5).maxDet(3).agnosticNms(true).build());
      assertEquals(List.of(), warnings);
      for (int i = 0; i < 2; i++) {
        model.predict(bus, base.toBuilder().conf(0.1).build());
      }
      warned(
          "conf=0.1 was asked for, but 'yolo11n-nms.torchscript' was exported with conf=0.25 fixed");
      model.predict(bus, base.toBuilder().iou(0.9).build());
      warned("iou=0.9 was asked for, but 'yolo11n-nms.torchscript' was exported with iou=0.7 ");
      model.predict(bus, base.toBuilder().conf(0.1).iou(0.8).maxDet(1000).build());
      warned("max_det=1000 was asked for, but 'yolo11n-nms.torchscript' was exported with");
    }
  }

  @Test
  void classesThatAreMergedAreTold() {
    // Offsets by class keep boxes of different classes apart; without them all compete.
    Path file =
        ArchiveRewriter.of(Assets.get("exported/yolo11n-nms.torchscript"))
            .code(
                text -> text.replaceAll("torch\\.expand\\((\\w+), [^\\n]*\\)", "torch.mul($1, 0)"))
            .write(folder.resolve("agnostic.torchscript"));
    try (Yolo model = load(file)) {
      assertTrue(model.info().bakedNms().orElseThrow().agnosticNms());
      Image bus = Image.read(Assets.picture("bus.jpg"));
      model.predict(bus, PredictOptions.builder().agnosticNms(true).build());
      assertEquals(List.of(), warnings);
      model.predict(bus);
      warned("agnostic_nms=False was asked for, but 'agnostic.torchscript' was exported with");
    }
  }

  @Test
  void othersAreNeverWarned() {
    Path own = folder.resolve("own.torchscript");
    try (Yolo model = Yolo.load(Assets.get("weights/yolo11n.pt"))) {
      model.export(ExportOptions.builder().nms(true).conf(0.5).imgsz(64).file(own).build());
    }
    PredictOptions more = PredictOptions.builder().conf(0.01).iou(0.99).maxDet(5000).build();
    try (Yolo inside = load(own);
        Yolo plain = load(Assets.get("exported/yolo11n.torchscript"))) {
      inside.predict(Image.read(Assets.picture("bus.jpg")), more);
      plain.predict(Image.read(Assets.picture("bus.jpg")), more);
    }
    assertEquals(List.of(), warnings);
  }

  @Test
  void manyThreadsAreToldOnce() throws Exception {
    Image bus = Image.read(Assets.picture("zidane.jpg"));
    PredictOptions low = PredictOptions.builder().conf(0.1).build();
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try (Yolo model = load(Assets.get("exported/yolo11n-nms.torchscript"))) {
      List<Future<Result>> calls = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        calls.add(pool.submit(() -> model.predict(bus, low)));
      }
      for (Future<Result> call : calls) {
        call.get();
      }
    } finally {
      pool.shutdownNow();
    }
    warned("conf=0.1 was asked for");
  }
}
