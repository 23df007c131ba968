// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yolotorch.support.Agreement;
import org.yolotorch.support.Assets;
import org.yolotorch.support.Results;
import org.yolotorch.support.Stopwatch;

/** Every kind of archive with real weights, compared with the checkpoint it comes from. */
class ArchiveKindsTest {
  @TempDir Path folder;

  private static Yolo checkpoint() {
    return Yolo.load(Assets.get("weights/yolo11n.pt"));
  }

  private Path export(Yolo model, String name, ExportOptions.Builder options) {
    return model.export(options.file(folder.resolve(name + ".torchscript")).build());
  }

  private static List<Image> pictures() throws IOException {
    return NmsParityTest.recorded("yolo11n-seg");
  }

  @Test
  void dynamicTakesEverySize() {
    Image bus = Image.read(Assets.picture("bus.jpg"));
    Agreement agreement = new Agreement(1e-4, 0.01);
    try (Yolo plain = checkpoint()) {
      Path raw = export(plain, "raw", ExportOptions.builder().dynamic(true));
      Path last = export(plain, "nms", ExportOptions.builder().dynamic(true).nms(true));
      try (Yolo dynamic = Yolo.load(raw);
          Yolo dynamicNms = Yolo.load(last)) {
        assertTrue(dynamic.info().dynamic() && dynamicNms.info().dynamic());
        for (int[] size :
            new int[][] {{320, 320}, {640, 640}, {480, 640}, {640, 352}, {96, 800}, {1024, 736}}) {
          ImageSize asked = new ImageSize(size[0], size[1]);
          PredictOptions options = PredictOptions.builder().imgsz(asked).rect(false).build();
          Result expected = plain.predict(bus, options);
          for (Yolo model : List.of(dynamic, dynamicNms)) {
            Result result = model.predict(bus, options);
            assertEquals(asked, result.netSize());
            agreement.compare(expected, result, asked.toString());
          }
        }
      }
    }
    agreement.report("dynamic_parity");
    assertTrue(agreement.objects() >= 40, "objects " + agreement.objects());
  }

  @Test
  void halfIsHalfTheSizeAndFindsTheSame() throws IOException {
    double overlap = 1;
    double conf = 0;
    int objects = 0;
    try (Yolo plain = checkpoint()) {
      Path full = export(plain, "full", ExportOptions.builder());
      Path half = export(plain, "half", ExportOptions.builder().half(true));
      double ratio = (double) Files.size(half) / Files.size(full);
      Assets.figure("half_archive_size", ratio, "of_full");
      assertTrue(ratio <= 0.52, "ratio " + ratio);
      try (Yolo model = Yolo.load(half)) {
        for (Image image : pictures()) {
          List<Box> found = model.predict(image).boxes();
          List<Box> boxes = plain.predict(image, Results.SQUARE).boxes();
          for (Box box : boxes) {
            Box nearest = nearest(box, found);
            if (nearest == null) {
              assertTrue(box.confidence() < 0.26, "missing " + box);
              continue;
            }
            objects++;
            overlap = Math.min(overlap, overlap(box.xyxy(), nearest.xyxy()));
            conf = Math.max(conf, Math.abs(box.confidence() - nearest.confidence()));
          }
          for (Box box : found) {
            assertTrue(nearest(box, boxes) != null || box.confidence() < 0.26, "extra " + box);
          }
        }
      }
    }
    Assets.figure("half_objects", objects, "objects");
    Assets.figure("half_min_iou", overlap, "fraction");
    Assets.figure("half_max_confidence_error", conf, "confidence");
    assertTrue(overlap >= 0.99, "overlap " + overlap);
    assertTrue(conf <= 0.01, "confidence " + conf);
  }

  /** The box of the same class that overlaps most, null if none overlaps by half. */
  private static Box nearest(Box box, List<Box> others) {
    Box nearest = null;
    double most = 0.5;
    for (Box other : others) {
      double overlap = overlap(box.xyxy(), other.xyxy());
      if (other.classId() == box.classId() && overlap > most) {
        nearest = other;
        most = overlap;
      }
    }
    return nearest;
  }

  private static double overlap(Xyxy a, Xyxy b) {
    double width = Math.max(0, Math.min(a.x2(), b.x2()) - Math.max(a.x1(), b.x1()));
    double height = Math.max(0, Math.min(a.y2(), b.y2()) - Math.max(a.y1(), b.y1()));
    double both = width * height;
    return both / (area(a) + area(b) - both);
  }

  private static double area(Xyxy box) {
    return (double) (box.x2() - box.x1()) * (box.y2() - box.y1());
  }

  @Test
  void optimizedFindsTheSame() {
    Image bus = Image.read(Assets.picture("bus.jpg"));
    Agreement agreement = new Agreement(1e-4, 0.01);
    try (Yolo plain = checkpoint()) {
      Path file = export(plain, "optimized", ExportOptions.builder().optimize(true).nms(true));
      try (Yolo model = Yolo.load(file)) {
        agreement.compare(plain.predict(bus, Results.SQUARE), model.predict(bus), "bus");
      }
    }
    agreement.report("optimize_parity");
    assertEquals(5, agreement.objects());
  }

  @Test
  void defaultsInTheArchiveGiveWayToThoseOfTheCall() {
    Image bus = Image.read(Assets.picture("bus.jpg"));
    try (Yolo plain = checkpoint()) {
      Path file =
          export(plain, "few", ExportOptions.builder().nms(true).conf(0.9).iou(0.1).maxDet(1));
      try (Yolo model = Yolo.load(file)) {
        PredictOptions options = Results.SQUARE.toBuilder().conf(0.1).iou(0.9).maxDet(50).build();
        Agreement agreement = new Agreement(1e-4, 0.01);
        agreement.compare(plain.predict(bus, options), model.predict(bus, options), "bus");
        agreement.report("nms_call_options");
        assertTrue(agreement.objects() > 5);
      }
    }
  }

  @Test
  void pipelinesFindTheSame() {
    Image bus = Image.read(Assets.picture("bus.jpg"));
    try (Yolo plain = checkpoint()) {
      Path file = export(plain, "pipeline", ExportOptions.builder().pipeline(true).imgsz(640));
      try (Yolo model = Yolo.load(file)) {
        List<Box> boxes = plain.predict(bus, Results.SQUARE).boxes();
        List<Box> found = model.predict(List.of(bus, bus)).get(1).boxes();
        assertEquals(boxes.size(), found.size());
        for (Box box : boxes) {
          Box nearest = nearest(box, found);
          assertTrue(nearest != null && overlap(box.xyxy(), nearest.xyxy()) > 0.97, "box " + box);
          assertEquals(box.confidence(), nearest.confidence(), 0.02);
        }
      }
    }
  }

  @Test
  void partsDoNotPredict() {
    try (Yolo plain = checkpoint()) {
      Path file = export(plain, "part", ExportOptions.builder().layers("0-9").imgsz(64));
      try (Yolo part = Yolo.load(file)) {
        Image bus = Image.read(Assets.picture("bus.jpg"));
        YoloException error =
            assertThrows(YoloException.UnsupportedModel.class, () -> part.predict(bus));
        assertFalse(error.getMessage().contains("\n"), error.getMessage());
      }
    }
  }

  /** Loading compiles the code of each record, which is most of what it costs. */
  @Test
  void holdsLessToCompileThanForeignArchives() throws Exception {
    Path foreign = Assets.get("exported/yolo11n.torchscript");
    try (Yolo plain = checkpoint()) {
      Path own = export(plain, "own", ExportOptions.builder());
      double ratio = (double) codeRecords(own) / codeRecords(foreign);
      Assets.figure("code_records_ratio", ratio, "of_foreign");
      assertTrue(ratio <= 0.1, "ratio " + ratio);
      Stopwatch.ratioFigure("load_time_over_foreign", 3, () -> load(own), () -> load(foreign));
    }
  }

  private static long codeRecords(Path archive) throws IOException {
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      return zip.stream().filter(entry -> entry.getName().endsWith(".py")).count();
    }
  }

  private static Object load(Path file) {
    Yolo.load(file).close();
    return null;
  }
}
