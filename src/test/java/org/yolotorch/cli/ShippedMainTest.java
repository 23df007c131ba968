// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yolotorch.Box;
import org.yolotorch.Image;
import org.yolotorch.LoadOptions;
import org.yolotorch.ModelArchive;
import org.yolotorch.ModelInfo;
import org.yolotorch.Weights;
import org.yolotorch.Yolo;
import org.yolotorch.internal.Shipped;

/** The model and the picture that come with the library. */
class ShippedMainTest extends CommandLineRun {
  private static final String NOTE = "No model was given: yolo11n-codes.pt";

  @TempDir Path folder;

  @Test
  void theModelIsOurs() {
    ModelInfo model =
        ModelArchive.inspect(Shipped.file(Shipped.MODEL), LoadOptions.defaults())
            .model()
            .orElseThrow();
    assertEquals("{0=qr, 1=datamatrix, 2=aztec, 3=pdf417, 4=barcode}", model.names().toString());
    assertEquals("Apache-2.0", model.license());
  }

  @Test
  void itIsFoundByName() throws Exception {
    assertEquals(Optional.of(Shipped.file(Shipped.MODEL)), Weights.find(Shipped.MODEL));
    assertEquals(Shipped.file(Shipped.MODEL), Weights.download(Shipped.MODEL));
    Set<String> found = new TreeSet<>();
    try (Yolo model = Yolo.load(Path.of("yolo11n-codes.pt"))) {
      for (Box box : model.predict(Image.read(Shipped.file(Shipped.PICTURE))).boxes()) {
        found.add(box.label());
      }
    }
    assertTrue(found.contains("qr") && found.contains("barcode"), found.toString());
  }

  @Test
  void predictNeedsNoArguments() {
    assertEquals(0, run("predict", "project=" + folder), err);
    assertTrue(err.startsWith(NOTE) && err.lines().count() == 1, err);
    assertTrue(out.contains("codes.jpg: "), out);
    assertTrue(Files.isRegularFile(folder.resolve("predict/codes.jpg")));
  }

  @Test
  void exportAndInfoNeedNone() {
    Path archive = folder.resolve("codes.torchscript");
    assertEquals(0, run("export", "output=" + archive, "imgsz=64"), err);
    assertTrue(err.startsWith(NOTE) && err.lines().count() == 1, err);
    assertTrue(Files.isRegularFile(archive));
    assertEquals(0, run("info"), err);
    assertTrue(err.startsWith(NOTE) && err.lines().count() == 1, err);
    assertTrue(out.contains("datamatrix"), out);
  }

  @Test
  void theNoteIsForThoseWhoNamedNone() {
    assertEquals(0, run("info", "model=yolo11n-codes"), err);
    assertEquals("", err);
    assertEquals(0, run("predict", "verbose=False", "save=False"), err);
    assertEquals("", err);
  }

  @Test
  void anotherModelNeedsSource() {
    assertEquals(Main.WRONG_USAGE, run("predict", "model=yolo11n.pt"));
    assertTrue(err.startsWith("source must name a picture"), err);
    assertEquals(Main.WRONG_USAGE, run("segment", "predict"));
    assertTrue(err.startsWith("source must name a picture"), err);
  }

  @ParameterizedTest
  @ValueSource(strings = {"val", "train", "benchmark"})
  void whatMeasuresAndTrainsAsksForOne(String mode) {
    assertEquals(Main.WRONG_USAGE, run(mode, "data=data.yaml"));
    assertTrue(err.startsWith("model must "), err);
    assertEquals(1, err.lines().count(), err);
  }
}
