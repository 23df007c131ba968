// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yolotorch.internal.weights.Sha256;
import org.yolotorch.support.ArchiveRewriter;
import org.yolotorch.support.Assets;

/** Archives that contradict themselves or cannot run here: each is refused for its reason. */
class RefusedArchiveTest {
  private static final String STATIC = "exported/yolo11n.torchscript";
  private static final LoadOptions TRUSTED = LoadOptions.builder().trusted(true).build();

  @TempDir Path folder;

  private Path write(ArchiveRewriter rewriter) {
    return rewriter.write(folder.resolve("bad.torchscript"));
  }

  private Path withConfig(Path archive, Consumer<ObjectNode> change) {
    return write(ArchiveRewriter.of(archive).config(change));
  }

  /** Refused when it is loaded; info says the same. */
  private <T extends YoloException> void refused(
      Class<T> type, String part, Path file, LoadOptions options) {
    YoloException error = assertThrows(type, () -> Yolo.load(file, options));
    told(error, part);
    FileInfo info = ModelArchive.inspect(file, options);
    assertEquals(error.getMessage(), info.reason());
    assertEquals(
        type == YoloException.UnsupportedModel.class
            ? FileInfo.Verdict.UNKNOWN
            : FileInfo.Verdict.REFUSED,
        info.verdict());
    // Of a sound archive with wrong metadata the rest is told all the same.
    assertEquals("torchscript", info.kind());
    assertFalse(info.operators().isEmpty());
  }

  private static void told(YoloException error, String part) {
    String message = error.getMessage();
    assertTrue(message.contains(part), message);
    assertFalse(message.contains("\n"), message);
    assertTrue(message.endsWith("."), message);
  }

  private void lies(Path archive, String part, Consumer<ObjectNode> change) {
    refused(
        YoloException.CorruptModel.class,
        part,
        withConfig(archive, change),
        LoadOptions.defaults());
  }

  @Test
  void metadataThatMakesNoSense() {
    Path archive = Assets.get(STATIC);
    lies(
        archive,
        "'imgsz' must be a height and a width in pixels, but is \"big\"",
        root -> root.put("imgsz", "big"));
    lies(
        archive, "'batch' must be a positive whole number, but is 0", root -> root.put("batch", 0));
    lies(archive, "'stride' must be a positive whole number", root -> root.put("stride", "wide"));
    lies(
        archive,
        "'names' must be texts by class id, but is \"{0: f()}\"",
        root -> root.put("names", "{0: f()}"));
    refused(
        YoloException.CorruptModel.class,
        "config.txt) that is no JSON object",
        write(ArchiveRewriter.of(archive).put("extra/config.txt", "{\"task\": \"detect\",")),
        LoadOptions.defaults());
  }

  @Test
  void metadataOfAnotherNetwork() {
    Path archive = Assets.get(STATIC);
    refused(
        YoloException.UnsupportedModel.class,
        "for task 'segment', but its network is one for 'detect' (it has branches for boxes and"
            + " classes only): load it with task=detect",
        withConfig(archive, root -> root.put("task", "segment")),
        LoadOptions.defaults());
    refused(
        YoloException.UnsupportedModel.class,
        "is a model for task 'depth'; this version runs detect",
        withConfig(archive, root -> root.put("task", "depth")),
        LoadOptions.defaults());
    lies(
        archive,
        "names 79 classes, but its network has 80",
        root -> ((ObjectNode) root.get("names")).remove("79"));
    lies(
        archive,
        "for 320 x 640 pixels (height x width), which have 4200 anchors, but its network has 8400",
        root -> root.putArray("imgsz").add(320).add(640));
    lies(
        archive,
        "for 640 x 640 pixels (height x width), which are no multiples of its stride 7",
        root -> root.put("stride", 7));
    Path pose = folder.resolve("pose.torchscript");
    try (Yolo model = Yolo.load(Assets.get("weights/yolo11n-pose.pt"))) {
      model.export(ExportOptions.builder().imgsz(64).file(pose).build());
    }
    lies(
        pose,
        "announces 34 values for the keypoints of an object, but its network gives 51",
        root -> root.putArray("kpt_shape").add(17).add(2));
    lies(
        pose,
        "'kpt_shape' must be the number of keypoints and 2 or 3, but is [17,4]",
        root -> root.putArray("kpt_shape").add(17).add(4));
  }

  private Path script(String source) throws IOException {
    Path script = Files.writeString(folder.resolve("forward.py"), source);
    Path file = folder.resolve("script.torchscript");
    try (Yolo model = Yolo.load(Assets.get("weights/yolo11n.pt"))) {
      return model.export(ExportOptions.builder().script(script).imgsz(64).file(file).build());
    }
  }

  /** What nothing but a run can tell. */
  @Test
  void metadataThatTheRunContradicts() {
    Image bus = Image.read(Assets.picture("bus.jpg"));
    Path archive = Assets.get(STATIC);
    Path small = withConfig(archive, root -> root.putArray("imgsz").add(320).add(320));
    try (Yolo model = Yolo.load(small)) {
      told(
          assertThrows(YoloException.InferenceFailed.class, () -> model.predict(bus)),
          "must run on 320 x 320 pixels (height x width), as its metadata says, but fails");
    }
    LoadOptions warm = LoadOptions.builder().warmup(true).build();
    told(
        assertThrows(YoloException.InferenceFailed.class, () -> Yolo.load(small, warm)),
        "must run on 320 x 320 pixels (height x width), as its metadata says, but fails");
    for (String key : new String[] {"end2end", "nms"}) {
      Path last =
          withConfig(
              archive,
              root -> (key.equals("nms") ? (ObjectNode) root.get("args") : root).put(key, true));
      try (Yolo model = Yolo.load(last)) {
        told(
            assertThrows(YoloException.UnsupportedModel.class, () -> model.predict(bus)),
            "must give (1, detections, 6), as its metadata says, but gives (1, 84, 8400)");
      }
    }
    try (Yolo model =
        Yolo.load(
            withConfig(archive, root -> ((ObjectNode) root.get("args")).put("dynamic", true)))) {
      assertEquals(1, model.info().warnings().size());
      told(
          assertThrows(
              YoloException.InputSize.class,
              () -> model.predict(bus, PredictOptions.builder().imgsz(320).build())),
          "was exported for 640 x 640 (height x width), but imgsz is 320 x 320");
      assertEquals(5, model.predict(bus).boxes().size());
    }
  }

  /** Clean, but of no use here; whoever asks is told so before it is loaded. */
  @Test
  void aNetworkForOtherPictures() {
    Path lie = withConfig(Assets.get(STATIC), root -> root.put("channels", 1));
    told(
        assertThrows(YoloException.CorruptModel.class, () -> Yolo.load(lie)),
        "is said to take pictures of 1 channel, but its network takes 3");

    // As of a grouped convolution: a multiple of what one group takes.
    Path file = withConfig(Assets.get(STATIC), root -> root.put("channels", 18));
    YoloException error = assertThrows(YoloException.UnsupportedModel.class, () -> Yolo.load(file));
    told(error, "takes pictures of 18 channels, but pictures have 1 to 16");
    FileInfo info = ModelArchive.inspect(file);
    assertEquals(FileInfo.Verdict.CLEAN, info.verdict());
    assertEquals(error.getMessage(), info.advice());
    assertFalse(info.runtimes().contains("yolotorch"), info.runtimes().toString());
  }

  @Test
  void outputsOfAnotherKind() throws IOException {
    Image bus = Image.read(Assets.picture("bus.jpg"));
    String both = "def forward(self, x: Tensor):\n  y = self.network(x)\n  return y, y\n";
    try (Yolo model = Yolo.load(write(ArchiveRewriter.of(script(both)).foreign()))) {
      told(
          assertThrows(YoloException.UnsupportedModel.class, () -> model.predict(bus)),
          "must give (1, 84, anchors), as its metadata says, but gives (1, 84, 84) and (1, 84, 84)");
    }
    String cut = "def forward(self, x: Tensor):\n  return self.network(x)[:, 0:50]\n";
    try (Yolo model = Yolo.load(write(ArchiveRewriter.of(script(cut)).foreign()))) {
      told(
          assertThrows(YoloException.UnsupportedModel.class, () -> model.predict(bus)),
          "must give (1, 84, anchors), as its metadata says, but gives (1, 50, 84)");
    }
  }

  @Test
  void aDeviceThatIsComparedWith() throws IOException {
    Path file =
        script(
            """
            def forward(self, x: Tensor):
              y = self.network(x)
              if x.device == torch.device("cuda:0"):
                return y + 1
              return y
            """);
    refused(
        YoloException.UnsupportedModel.class,
        "is bound to the device 'cuda:0' in a way that cannot be changed (aten::eq): export the"
            + " model again for this device, or run it with device=cuda:0",
        file,
        TRUSTED);
  }

  @Test
  void anOperatorThatNobodyKnows() {
    ArchiveRewriter rewriter =
        ArchiveRewriter.of(Assets.get(STATIC)).code("torch.sigmoid(", "ops.yolo.magic(");
    Path file = write(rewriter);
    refused(YoloException.UnsupportedModel.class, "yolo::magic", file, TRUSTED);
    YoloException error = assertThrows(YoloException.UnsafeModel.class, () -> Yolo.load(file));
    told(error, "yolo::magic");
    assertEquals(FileInfo.Verdict.REFUSED, ModelArchive.inspect(file).verdict());
  }

  @Test
  void heightAndWidthTakenForEachOther() {
    Path wide = folder.resolve("wide.torchscript");
    try (Yolo model = Yolo.load(Assets.get("weights/yolo11n.pt"))) {
      model.export(ExportOptions.builder().imgsz(new ImageSize(64, 96)).file(wide).build());
    }
    Image bus = Image.read(Assets.picture("bus.jpg"));
    PredictOptions swapped = PredictOptions.builder().imgsz(new ImageSize(96, 64)).build();
    for (Path file : new Path[] {wide, write(ArchiveRewriter.of(wide).foreign())}) {
      try (Yolo model = Yolo.load(file)) {
        assertEquals(new ImageSize(64, 96), model.predict(bus).netSize());
        YoloException error =
            assertThrows(YoloException.InputSize.class, () -> model.predict(bus, swapped));
        told(error, "64 x 96");
        told(error, "96 x 64");
      }
    }
    // An archive of ours knows its size even if its metadata does not.
    Path lying = withConfig(wide, root -> root.putArray("imgsz").add(96).add(64));
    try (Yolo model = Yolo.load(lying)) {
      YoloException error = assertThrows(YoloException.class, () -> model.predict(bus));
      assertTrue(error.getMessage().contains("64"), error.getMessage());
      assertTrue(error.getMessage().contains("96"), error.getMessage());
    }
  }

  @Test
  void anotherFileThanThePinned() throws IOException {
    Path archive = Assets.get(STATIC);
    String sum = Sha256.of(archive);
    LoadOptions right = LoadOptions.builder().sha256(sum).build();
    Yolo.load(archive, right).close();
    assertEquals(FileInfo.Verdict.CLEAN, ModelArchive.inspect(archive, right).verdict());
    LoadOptions wrong = LoadOptions.builder().sha256("0".repeat(64)).build();
    told(
        assertThrows(YoloException.UnsafeModel.class, () -> Yolo.load(archive, wrong)),
        "but has " + sum);
    assertEquals(FileInfo.Verdict.REFUSED, ModelArchive.inspect(archive, wrong).verdict());
  }
}
