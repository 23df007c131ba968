// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yolotorch.support.Agreement;
import org.yolotorch.support.ArchiveRewriter;
import org.yolotorch.support.Assets;
import org.yolotorch.support.Results;

/** Archives as other versions, tools and users leave them: they run and find the same. */
class RewrittenArchiveTest {
  private static final String STATIC = "exported/yolo11n.torchscript";
  private static final String DYNAMIC = "exported/yolo11n-dynamic.torchscript";
  private static final String NMS = "exported/yolo11n-nms.torchscript";
  private static final String ROTATED = "exported/shapes-obb-nms.torchscript";

  private static int rewritten;

  @TempDir Path folder;

  private final List<String> warnings = new ArrayList<>();

  /** The rewritten archive must find what the original finds, object by object. */
  private ModelInfo findsTheSame(String archive, ArchiveRewriter rewriter, String... warned) {
    return findsTheSame(archive, rewriter, LoadOptions.builder(), warned);
  }

  private ModelInfo findsTheSame(
      String archive, ArchiveRewriter rewriter, LoadOptions.Builder options, String... warned) {
    Path file = rewriter.write(folder.resolve("rewritten.torchscript"));
    Path original = Assets.get(archive);
    warnings.clear();
    try (Yolo expected = Yolo.load(original);
        Yolo model = Yolo.load(file, options.onWarning(warnings::add).build())) {
      Image image = picture(archive);
      Result from = expected.predict(image);
      Agreement agreement = new Agreement(0, 0);
      agreement.compare(from, model.predict(image), archive);
      assertTrue(agreement.objects() > 0, "objects");
      agreement.check();
      rewritten++;
      assertEquals(warned.length, warnings.size(), warnings.toString());
      for (int i = 0; i < warned.length; i++) {
        assertTrue(warnings.get(i).contains(warned[i]), warnings.get(i));
      }
      FileInfo info = ModelArchive.inspect(file, options.build());
      assertEquals(FileInfo.Verdict.CLEAN, info.verdict(), info.reason());
      assertEquals(model.info().task(), info.model().orElseThrow().task());
      return model.info();
    }
  }

  @AfterAll
  static void report() {
    Assets.figure("rewritten_archives_equal", rewritten, "archives");
  }

  private static Image picture(String archive) {
    return Image.read(Assets.picture(archive.equals(ROTATED) ? "0000.jpg" : "bus.jpg"));
  }

  @ParameterizedTest
  @ValueSource(strings = {STATIC, DYNAMIC, NMS, ROTATED})
  void withoutArguments(String archive) {
    ModelInfo info =
        findsTheSame(
            archive,
            ArchiveRewriter.of(Assets.get(archive))
                .config(root -> root.remove(List.of("args", "channels"))));
    assertEquals(archive.equals(DYNAMIC), info.dynamic());
    assertEquals(archive.endsWith("-nms.torchscript"), info.nms());
    assertEquals(3, info.channels());
  }

  @ParameterizedTest
  @ValueSource(strings = {STATIC, DYNAMIC, NMS, ROTATED})
  void withoutMetadata(String archive) {
    ModelInfo info =
        findsTheSame(
            archive,
            ArchiveRewriter.of(Assets.get(archive)).drop("extra/"),
            "no metadata (config.txt)",
            "does not say its task; took " + (archive.equals(ROTATED) ? "obb" : "detect"),
            "does not say its imgsz; assumed");
    assertEquals("class0", info.names().get(0));
    assertEquals(archive.equals(ROTATED) ? 3 : 80, info.names().size());
  }

  @ParameterizedTest
  @ValueSource(strings = {DYNAMIC, NMS, ROTATED})
  void boundToAGpu(String archive) {
    ArchiveRewriter rewriter =
        ArchiveRewriter.of(Assets.get(archive))
            .code("torch.device(\"cpu\")", "torch.device(\"cuda:0\")");
    findsTheSame(archive, rewriter);
    List<String> devices = ModelArchive.inspect(folder.resolve("rewritten.torchscript")).devices();
    assertTrue(devices.contains("cuda:0"), devices.toString());
  }

  @Test
  void inAnotherFolder() {
    findsTheSame(STATIC, ArchiveRewriter.of(Assets.get(STATIC)).top("my model, best"));
  }

  @Test
  void withTextsForValues() {
    findsTheSame(
        STATIC,
        ArchiveRewriter.of(Assets.get(STATIC))
            .config(
                root -> {
                  root.put("imgsz", "[640, 640]").put("stride", "32").put("batch", "1");
                  root.put("channels", "3").put("args", "{'dynamic': False, 'nms': False}");
                  StringBuilder names = new StringBuilder("{");
                  for (int id = 0; id < root.get("names").size(); id++) {
                    String name = root.get("names").get(String.valueOf(id)).asText();
                    names.append(id).append(": '").append(name).append("', ");
                  }
                  root.put("names", names.append('}').toString());
                }));
  }

  @Test
  void withNamesInAList() {
    ModelInfo info =
        findsTheSame(
            STATIC,
            ArchiveRewriter.of(Assets.get(STATIC))
                .config(
                    root -> {
                      ArrayNode names = root.arrayNode();
                      root.get("names").forEach(name -> names.add(name.asText()));
                      root.set("names", names);
                      root.put("imgsz", 640);
                    }));
    assertEquals("toothbrush", info.names().get(79));
  }

  @Test
  void ofOlderAndNewerTorch() {
    findsTheSame(
        STATIC,
        ArchiveRewriter.of(Assets.get(STATIC))
            .drop("byteorder")
            .drop(".data/")
            .drop("traced_inputs")
            .put("version", "7\n"));
    findsTheSame(
        STATIC,
        ArchiveRewriter.of(Assets.get(STATIC))
            .put(".format_version", "1")
            .put(".storage_alignment", "64")
            .config(root -> root.put("head", "Detect").put("dla", "0").putNull("kpt_names")));
  }

  /** What the graph does counts, not what was noted. */
  @Test
  void withAnotherBatchNoted() {
    ModelInfo info =
        findsTheSame(
            NMS, ArchiveRewriter.of(Assets.get(NMS)).config(root -> root.put("batch", 16)));
    assertEquals(1, info.batch());
    findsTheSame(
        STATIC, ArchiveRewriter.of(Assets.get(STATIC)).config(root -> root.put("batch", 16)));
  }

  @Test
  void theTaskAskedForMendsAWrongOne() {
    ArchiveRewriter wrong =
        ArchiveRewriter.of(Assets.get(STATIC)).config(root -> root.put("task", "segment"));
    findsTheSame(STATIC, wrong, LoadOptions.builder().task(Task.DETECT));
    // The network has the last word.
    findsTheSame(
        STATIC,
        ArchiveRewriter.of(Assets.get(STATIC)),
        LoadOptions.builder().task(Task.POSE),
        "The task 'pose' was asked for, but the model's is 'detect' (it has branches for boxes");
  }

  /** A frozen network has no modules that could tell. */
  @Test
  void theTaskAskedForIsThatOfANetworkThatTellsNone() {
    Path made = folder.resolve("optimized.torchscript");
    Image bus = Image.read(Assets.picture("bus.jpg"));
    Agreement agreement = new Agreement(1e-4, 0.01);
    try (Yolo plain = Yolo.load(Assets.get("weights/yolo11n.pt"))) {
      plain.export(ExportOptions.builder().optimize(true).file(made).build());
      agreement.expect(plain.predict(bus, Results.SQUARE));
    }
    Path file = ArchiveRewriter.of(made).drop("extra/").write(folder.resolve("frozen.torchscript"));
    YoloException error = assertThrows(YoloException.UnsupportedModel.class, () -> Yolo.load(file));
    assertTrue(error.getMessage().contains("does not say its task, and nothing in it tells"));
    LoadOptions.Builder options = LoadOptions.builder().onWarning(warnings::add);
    try (Yolo model = Yolo.load(file, options.task(Task.DETECT).build())) {
      agreement.compare(List.of(model.predict(bus)));
      agreement.check();
      assertEquals(5, agreement.objects());
      Box box = model.predict(bus).boxes().get(0);
      assertEquals("class" + box.classId(), box.label());
    }
    // There the word asked for stands, until the network's answer does not fit it.
    try (Yolo model = Yolo.load(made, options.task(Task.SEGMENT).build())) {
      YoloException wrong =
          assertThrows(YoloException.UnsupportedModel.class, () -> model.predict(bus));
      assertTrue(wrong.getMessage().contains("but gives (1, 84, 8400)"), wrong.getMessage());
    }
  }

  private Path script(String name, int side, String source) throws IOException {
    Path script = Files.writeString(folder.resolve(name + ".py"), source);
    try (Yolo model = Yolo.load(Assets.get("weights/yolo11n.pt"))) {
      return model.export(
          ExportOptions.builder()
              .script(script)
              .imgsz(side)
              .file(folder.resolve(name + ".torchscript"))
              .build());
    }
  }

  private static final String BEST_ROWS =
      """
        scores, classes = torch.max(y[:, 4:], 1)
        best, index = torch.topk(scores, 300, 1)
        boxes = torch.gather(y[:, 0:4].transpose(1, 2), 1, index.unsqueeze(2).expand(-1, -1, 4))
        half = boxes[:, :, 2:4] / 2
        kind = torch.gather(classes, 1, index).unsqueeze(2).to(6)
        return torch.cat([boxes[:, :, 0:2] - half, boxes[:, :, 0:2] + half, best.unsqueeze(2), kind], 2)
      """;

  private Agreement everyCandidate(Path file, List<Image> images) {
    Agreement agreement = new Agreement(1e-4, 0.01);
    // No boxes overlap by more than all: nothing is suppressed.
    PredictOptions all = Results.SQUARE.toBuilder().iou(1).build();
    try (Yolo plain = Yolo.load(Assets.get("weights/yolo11n.pt"));
        Yolo model = Yolo.load(file)) {
      for (Image image : images) {
        agreement.expect(plain.predict(image, all));
      }
      agreement.compare(model.predict(images));
    }
    return agreement;
  }

  @Test
  void aHeadWhoseDetectionsAreFinal() throws IOException {
    Path made =
        script(
            "end2end", 640, "def forward(self, x: Tensor):\n  y = self.network(x)\n" + BEST_ROWS);
    Path file =
        ArchiveRewriter.of(made)
            .foreign()
            .config(root -> root.put("end2end", true))
            .write(folder.resolve("final.torchscript"));
    try (Yolo model = Yolo.load(file)) {
      assertTrue(model.info().end2end());
    }
    Image bus = Image.read(Assets.picture("bus.jpg"));
    Agreement agreement = everyCandidate(file, List.of(bus));
    agreement.report("end2end");
    assertTrue(agreement.objects() > 5, "objects " + agreement.objects());
  }

  /** It fails with fewer pictures than it was made for and ignores those beyond. */
  @Test
  void aSuppressionUnrolledForABatchOfFour() throws IOException {
    Path made =
        script(
            "four",
            640,
            "def forward(self, x: Tensor):\n"
                + "  y = self.network(torch.stack([x[0], x[1], x[2], x[3]]))\n"
                + BEST_ROWS);
    Path file =
        ArchiveRewriter.of(made)
            .foreign()
            .config(root -> ((ObjectNode) root.put("batch", 4).get("args")).put("nms", true))
            .write(folder.resolve("batch.torchscript"));
    Image bus = Image.read(Assets.picture("bus.jpg"));
    Image zidane = Image.read(Assets.picture("zidane.jpg"));
    for (List<Image> images :
        List.of(List.of(bus), List.of(bus, zidane, bus, zidane, zidane, bus))) {
      Agreement agreement = everyCandidate(file, images);
      agreement.report("batch_of_four_" + images.size());
      assertTrue(agreement.objects() > 5 * images.size(), "objects " + agreement.objects());
    }
    try (Yolo model = Yolo.load(file)) {
      assertEquals(4, model.info().batch());
      assertEquals(List.of(), model.predict(List.of()));
    }
  }
}
