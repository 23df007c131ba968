// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yolotorch.internal.weights.Sha256;
import org.yolotorch.support.Assets;

/** Numbers that {@link ModelArchive#inspect} tells, against published ones. */
class InfoTest {
  private static final String SCALES = "nsmlx";

  /** Published; that of classify is overstated by about 0.12. */
  private static final double GFLOPS_LIMIT = 0.2;

  /** Weights of the layers of yolo11 detect, as trained, at scales n, s, m, l and x. */
  private static final Map<Integer, long[]> LAYERS =
      Map.ofEntries(
          Map.entry(0, new long[] {464, 928, 1_856, 1_856, 2_784}),
          Map.entry(1, new long[] {4_672, 18_560, 73_984, 73_984, 166_272}),
          Map.entry(2, new long[] {6_640, 26_080, 111_872, 173_824, 389_760}),
          Map.entry(3, new long[] {36_992, 147_712, 590_336, 590_336, 1_327_872}),
          Map.entry(4, new long[] {26_080, 103_360, 444_928, 691_712, 1_553_664}),
          Map.entry(5, new long[] {147_712, 590_336, 2_360_320, 2_360_320, 5_309_952}),
          Map.entry(6, new long[] {87_040, 346_112, 1_380_352, 2_234_368, 5_022_720}),
          Map.entry(7, new long[] {295_424, 1_180_672, 2_360_320, 2_360_320, 5_309_952}),
          Map.entry(8, new long[] {346_112, 1_380_352, 1_380_352, 2_234_368, 5_022_720}),
          Map.entry(9, new long[] {164_608, 656_896, 656_896, 656_896, 1_476_864}),
          Map.entry(10, new long[] {249_728, 990_976, 990_976, 1_455_616, 3_264_768}),
          Map.entry(13, new long[] {111_296, 443_776, 1_642_496, 2_496_512, 5_612_544}),
          Map.entry(16, new long[] {32_096, 127_680, 542_720, 756_736, 1_700_352}),
          Map.entry(17, new long[] {36_992, 147_712, 590_336, 590_336, 1_327_872}),
          Map.entry(19, new long[] {86_720, 345_472, 1_511_424, 2_365_440, 5_317_632}),
          Map.entry(20, new long[] {147_712, 590_336, 2_360_320, 2_360_320, 5_309_952}),
          Map.entry(22, new long[] {378_880, 1_511_424, 1_642_496, 2_496_512, 5_612_544}),
          Map.entry(23, new long[] {464_912, 850_368, 1_472_704, 1_472_704, 3_237_952}));

  private static final long[] RAW = {2_624_080, 9_458_752, 20_114_688, 25_372_160, 56_966_176};
  private static final long[] FUSED = {2_616_248, 9_443_760, 20_091_712, 25_340_992, 56_919_424};

  /** Weights as trained of the heads of the other tasks, which replace that of detect. */
  private static final Map<String, long[]> HEADS =
      Map.of(
          "-seg", new long[] {717_680, 1_504_864, 3_778_912, 3_778_912, 8_414_432},
          "-pose", new long[] {715_294, 1_309_854, 2_270_380, 2_270_380, 5_070_412},
          "-obb", new long[] {505_264, 1_111_392, 2_271_424, 2_271_424, 5_072_032});

  private static final Map<String, long[]> FUSED_OF_TASK =
      Map.of(
          "-seg", new long[] {2_868_664, 10_097_776, 22_396_992, 27_646_272, 62_094_528},
          "-pose", new long[] {2_866_468, 9_902_940, 20_889_004, 26_138_284, 58_751_308},
          "-obb", new long[] {2_656_648, 9_704_592, 20_890_048, 26_139_328, 58_752_928},
          "-cls", new long[] {2_807_024, 6_715_128, 11_622_632, 14_099_432, 29_613_416});

  private static final Map<String, double[]> GFLOPS =
      Map.of(
          "", new double[] {6.5, 21.5, 68.0, 86.9, 194.9},
          "-seg", new double[] {9.7, 33.0, 113.2, 132.2, 296.4},
          "-pose", new double[] {7.4, 23.1, 71.4, 90.3, 202.8},
          "-obb", new double[] {16.8, 57.1, 182.8, 231.2, 519.1},
          "-cls", new double[] {0.5, 1.6, 4.9, 6.2, 13.6});

  @TempDir Path folder;

  private int equal;
  private double gflops;

  private static FileInfo inspect(Path file) {
    FileInfo info = ModelArchive.inspect(file);
    assertEquals(FileInfo.Verdict.CLEAN, info.verdict(), info.reason());
    assertEquals("", info.reason());
    return info;
  }

  private void count(long expected, long found, String what) {
    assertEquals(expected, found, what);
    equal++;
  }

  private void checkGflops(double expected, ModelInfo model, String what) {
    double difference = Math.abs(expected - model.gflops());
    assertTrue(difference <= GFLOPS_LIMIT, what + ": " + model.gflops());
    gflops = Math.max(gflops, difference);
  }

  /** Layers of a detector; an archive's or a checkpoint's tell the same. */
  private void checkLayers(FileInfo info, int scale, String what) {
    assertEquals(24, info.layers().size(), what);
    long sum = 0;
    for (FileInfo.Layer layer : info.layers()) {
      long[] expected = LAYERS.get(layer.index());
      count(expected == null ? 0 : expected[scale], layer.parameters(), what + layer);
      sum += layer.parameters();
    }
    assertEquals(RAW[scale], sum, what);
    assertEquals(new FileInfo.Layer(0, "-1", "Conv", LAYERS.get(0)[scale]), info.layers().get(0));
    assertEquals("-1,6", info.layers().get(12).from());
    assertEquals("Upsample", info.layers().get(11).module().replace("nn.", ""));
    assertEquals("16,19,22", info.layers().get(23).from());
    assertEquals("Detect", info.layers().get(23).module());
  }

  @Test
  void architecturesByName() {
    for (Map.Entry<String, double[]> task : GFLOPS.entrySet()) {
      String suffix = task.getKey();
      for (int scale = 0; scale < SCALES.length(); scale++) {
        boolean whole = Boolean.getBoolean("yolotorch.long");
        if (scale > (suffix.isEmpty() ? whole ? 4 : 2 : whole ? 2 : 0)) {
          continue;
        }
        String name = "yolo11" + SCALES.charAt(scale) + suffix + ".yaml";
        FileInfo info = inspect(Path.of(name));
        assertEquals("architecture", info.kind());
        assertEquals("", info.sha256());
        ModelInfo model = info.model().orElseThrow();
        if (suffix.isEmpty()) {
          checkLayers(info, scale, name);
          count(RAW[scale], model.parametersRaw(), name);
          count(FUSED[scale], model.parameters(), name);
        } else {
          // By name a classifier has 1,000 classes, as the published ones have.
          count(FUSED_OF_TASK.get(suffix)[scale], model.parameters(), name);
        }
        if (HEADS.containsKey(suffix)) {
          long head = HEADS.get(suffix)[scale];
          count(head, info.layers().get(23).parameters(), name);
          count(RAW[scale] - LAYERS.get(23)[scale] + head, model.parametersRaw(), name);
        }
        checkGflops(task.getValue()[scale], model, name);
      }
    }
    report("architectures");
  }

  private void report(String what) {
    Assets.figure("info_parameters_equal_" + what, equal, "numbers");
    Assets.figure("info_gflops_max_difference_" + what, gflops, "gflops");
  }

  @Test
  void checkpointsAndArchives() throws IOException {
    List<Path> detectors = new ArrayList<>();
    detectors.add(Assets.get("weights/yolo11n.pt"));
    for (String name : List.of("yolo11n", "yolo11n-dynamic", "yolo11n-nms")) {
      detectors.add(Assets.get("exported/" + name + ".torchscript"));
    }
    try (Yolo model = Yolo.load(detectors.get(0))) {
      for (ExportOptions.Builder each :
          List.of(
              ExportOptions.builder(),
              ExportOptions.builder().nms(true),
              ExportOptions.builder().half(true).dynamic(true),
              ExportOptions.builder().optimize(true))) {
        Path file = folder.resolve(detectors.size() + ".torchscript");
        detectors.add(model.export(each.file(file).build()));
      }
    }
    for (Path file : detectors) {
      FileInfo info = inspect(file);
      ModelInfo model = info.model().orElseThrow();
      checkLayers(info, 0, file.toString());
      count(RAW[0], model.parametersRaw(), file.toString());
      count(FUSED[0], model.parameters(), file.toString());
      checkGflops(GFLOPS.get("")[0], model, file.toString());
      assertTrue(info.details().get("SPPF").startsWith("SiLU, as told by "), file.toString());
      assertEquals(Sha256.of(file), info.sha256());
    }
    for (String name : List.of("weights/yolo11n-seg.pt", "exported/yolo11n-seg.torchscript")) {
      checkTask(name, "-seg");
    }
    for (String name : List.of("weights/yolo11n-cls.pt", "exported/yolo11n-cls.torchscript")) {
      checkTask(name, "-cls");
    }
    checkTask("weights/yolo11n-pose.pt", "-pose");
    // Three classes and 320 pixels: 12 classes less than the published one has.
    for (String name : List.of("weights/shapes-obb.pt", "exported/shapes-obb-nms.torchscript")) {
      ModelInfo model = inspect(Assets.get(name)).model().orElseThrow();
      assertEquals(3, model.names().size());
      checkGflops(16.8 * 320 * 320 / 1024 / 1024, model, name);
    }
    report("files");
  }

  private void checkTask(String name, String suffix) {
    ModelInfo model = inspect(Assets.get(name)).model().orElseThrow();
    count(FUSED_OF_TASK.get(suffix)[0], model.parameters(), name);
    assertTrue(model.parametersRaw() > model.parameters(), name);
    checkGflops(GFLOPS.get(suffix)[0], model, name);
  }

  @Test
  void whatAnArchiveHolds() {
    FileInfo info = inspect(Assets.get("exported/yolo11n-nms.torchscript"));
    assertEquals("torchscript", info.kind());
    assertEquals(1, info.operators().get("torchvision::nms"));
    assertEquals(88, info.operators().get("aten::_convolution"));
    assertTrue(info.runtimes().stream().anyMatch(text -> text.contains("torchvision")));
    assertTrue(info.values().get("float32") >= 2_616_248, info.values().toString());
    ModelInfo model = info.model().orElseThrow();
    assertEquals(Optional.of(new BakedNms(0.25, 0.7, 300, false)), model.bakedNms());
    assertFalse(model.dynamic());
    assertEquals("person", model.names().get(0));
    FileInfo half = inspect(Assets.get("weights/yolo11n.pt"));
    assertTrue(half.values().get("float16") >= 2_624_080, half.values().toString());
    assertEquals(Optional.empty(), half.model().orElseThrow().bakedNms());
    FileInfo rotated = inspect(Assets.get("exported/shapes-obb-nms.torchscript"));
    assertEquals(
        Optional.of(new BakedNms(0.25, 0.7, 300, false)), rotated.model().orElseThrow().bakedNms());
  }

  @Test
  void jsonHoldsEverything() throws IOException {
    FileInfo info = inspect(Assets.get("exported/yolo11n-nms.torchscript"));
    JsonNode json = new ObjectMapper().readTree(info.toJson("a \"b\"\u0001.torchscript"));
    assertEquals("a \"b\"\u0001.torchscript", json.get("file").asText());
    assertEquals("clean", json.get("verdict").asText());
    assertEquals(info.sha256(), json.get("sha256").asText());
    assertEquals(info.bytes(), json.get("bytes").asLong());
    assertEquals(24, json.get("layers").size());
    assertEquals(464, json.get("layers").get(0).get("params").asLong());
    assertEquals(88, json.get("operators").get("aten::_convolution").asInt());
    JsonNode model = json.get("model");
    assertEquals(80, model.get("names").size());
    assertEquals("toothbrush", model.get("names").get("79").asText());
    assertEquals(0.25, model.get("baked_nms").get("conf").asDouble());
    assertEquals(300, model.get("baked_nms").get("max_det").asInt());
    assertEquals(6.5, model.get("gflops").asDouble(), 0.05);
    assertEquals("[640,640]", model.get("imgsz").toString());
    FileInfo picture = ModelArchive.inspect(Assets.picture("bus.jpg"));
    JsonNode none = new ObjectMapper().readTree(picture.toJson("bus.jpg"));
    assertTrue(none.get("model").isNull());
    assertEquals("unknown", none.get("verdict").asText());
    assertEquals(0, none.get("layers").size());
  }
}
