// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yolotorch.support.Assets;

/** Where models come from, and what is said of files that are none. */
class LoadTest {
  private static final String CHECKPOINT = "weights/yolo11n.pt";
  private static final String ARCHIVE = "exported/yolo11n.torchscript";

  @TempDir Path folder;

  private static Image bus() {
    return Image.read(Assets.picture("bus.jpg"));
  }

  @Test
  void loadsFromBytesStreamAndClassPath() throws Exception {
    byte[] bytes = Files.readAllBytes(Assets.get(ARCHIVE));
    try (Yolo model = Yolo.load(bytes, "yolo11n.torchscript")) {
      assertEquals(5, model.predict(bus()).boxes().size());
    }
    byte[] checkpoint = Files.readAllBytes(Assets.get(CHECKPOINT));
    try (Yolo model = Yolo.load(new ByteArrayInputStream(checkpoint), "yolo11n.pt")) {
      assertEquals(5, model.predict(bus()).boxes().size());
    }
    Path classes =
        Path.of(LoadTest.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path resource = Files.createTempFile(classes, "model", ".torchscript");
    try {
      Files.write(resource, bytes);
      try (Yolo model = Yolo.loadResource(LoadTest.class, "/" + resource.getFileName())) {
        assertEquals(5, model.predict(bus()).boxes().size());
      }
    } finally {
      Files.delete(resource);
    }
    assertThrows(YoloException.NotFound.class, () -> Yolo.loadResource(LoadTest.class, "/none.pt"));
  }

  @Test
  void architectureByNameHasSeededWeights() throws IOException {
    LoadOptions seven = LoadOptions.builder().seed(7).build();
    Path name = Path.of("yolo11n.yaml");
    List<List<Long>> seen = new ArrayList<>();
    for (LoadOptions options : List.of(seven, seven, LoadOptions.builder().seed(8).build())) {
      try (Yolo model = Yolo.load(name, options)) {
        assertEquals("n", model.info().scale());
        Path file = folder.resolve("random.torchscript");
        model.export(ExportOptions.builder().imgsz(64).file(file).build());
        seen.add(weights(file));
      }
    }
    assertEquals(seen.get(0), seen.get(1));
    assertNotEquals(seen.get(0), seen.get(2));
  }

  /** Checksums of the tensors in an archive. */
  private static List<Long> weights(Path archive) throws IOException {
    List<Long> sums = new ArrayList<>();
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      zip.stream()
          .filter(entry -> entry.getName().contains("/data/"))
          .sorted(Comparator.comparing(ZipEntry::getName))
          .forEach(entry -> sums.add(entry.getCrc()));
    }
    assertTrue(sums.size() > 100, "tensors " + sums.size());
    return sums;
  }

  @Test
  void badFilesAreToldApart() throws IOException {
    Path empty = Files.createFile(folder.resolve("empty.pt"));
    Path text = Files.writeString(folder.resolve("text.pt"), "this is no model");
    byte[] archive = Files.readAllBytes(Assets.get(ARCHIVE));
    Path half = folder.resolve("half.torchscript");
    Files.write(half, java.util.Arrays.copyOf(archive, archive.length / 2));
    YoloException missing =
        assertThrows(YoloException.NotFound.class, () -> Yolo.load(folder.resolve("missing.pt")));
    assertTrue(missing.getMessage().contains("missing.pt"), missing.getMessage());
    for (Path file : List.of(empty, text, half)) {
      YoloException error = assertThrows(YoloException.CorruptModel.class, () -> Yolo.load(file));
      assertTrue(error.getMessage().contains(file.getFileName().toString()), error.getMessage());
    }
    assertThrows(YoloException.class, () -> Yolo.load(new byte[0], "empty.pt"));
    assertThrows(YoloException.class, () -> Yolo.load(folder));
  }

  @ParameterizedTest
  @CsvSource({"0", "cuda:0"})
  void missingDeviceIsRefused(String device) {
    org.junit.jupiter.api.Assumptions.assumeFalse(
        Files.exists(Path.of("/dev/nvidiactl")), "this machine has a CUDA device");
    LoadOptions options = LoadOptions.builder().device(device).build();
    Path file = Assets.get(ARCHIVE);
    assertThrows(YoloException.DeviceUnavailable.class, () -> Yolo.load(file, options));
  }
}
