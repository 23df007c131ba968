// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yolotorch.ImageLimits;
import org.yolotorch.support.Assets;

class SourceNamesTest extends CommandLineRun {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "['a.jpg','b, c.jpg']",
        "[\"a.jpg\", 'b, c.jpg']",
        "('a.jpg', 'b, c.jpg',)",
        " [ 'a.jpg' 'b, c.jpg' ] "
      })
  void listsOfPythonAreNames(String text) {
    assertEquals(List.of("a.jpg", "b, c.jpg"), SourceNames.of(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[ab]", "a[1,2].jpg", "[]", "[,]", "['a.jpg]", "(x)", "[ab].jpg", "["})
  void otherTextsAreOneName(String text) {
    assertEquals(List.of(text), SourceNames.of(text));
  }

  @Test
  void bareElementsAreNames() {
    assertEquals(List.of("a.jpg", "b.jpg"), SourceNames.of("[a.jpg, b.jpg]"));
  }

  @Test
  void whatExistsIsNoList() throws IOException {
    Path folder = Files.createDirectory(this.folder.resolve("[a,b]"));
    assertEquals(List.of(folder.toString()), SourceNames.of(folder.toString()));
  }

  @Test
  void oneMissingNameOfAListIsTold() throws IOException {
    String list = "['" + folder.resolve("none[1.jpg") + "','" + Assets.picture("bus.jpg") + "']";
    Path model = Assets.get("exported/yolo11n.torchscript");
    assertEquals(1, run("predict", "model=" + model, "source=" + list, "save=False"));
    assertTrue(err.contains("none[1.jpg' leads to no picture"), err);
    assertEquals(1, err.lines().count(), err);
    assertTrue(out.contains("bus.jpg: 640x640 4 persons, 1 bus"), out);
  }

  @Test
  void namesOfTheReportsAreRead() throws IOException {
    Path model = Assets.get("exported/yolo11n.torchscript");
    Path cases = Assets.cases("04-glob-crash");
    assertEquals(
        0, run("predict", "model=" + model, "source=" + cases + "/open[/*.jpg", "save=False"), err);
    assertTrue(out.contains("image 1/1 " + cases + "/open[/x.jpg: "), out);
    assertEquals(1, run("predict", "model=" + model, "source=holiday[2024.jpg", "save=False"));
    assertTrue(err.contains("'holiday[2024.jpg' leads to no picture"), err);
    Path list = cases.resolve("list.txt");
    assertEquals(1, run("predict", "model=" + model, "source=" + list, "save=False"));
    assertTrue(out.contains("bus.jpg: 640x640 4 persons, 1 bus"), out);
    assertTrue(err.contains("'old[1.jpg'"), err);

    Path mac = Assets.cases("15-mac");
    assertEquals(0, run("predict", "model=" + model, "source=" + mac, "save=False"), err);
    assertTrue(out.contains("image 1/1 " + mac + "/bus.jpg: "), out);
    Path phone = Assets.cases("16-heic");
    assertEquals(0, run("predict", "model=" + model, "source=" + phone, "save=False"), err);
    assertTrue(err.contains("(1 avif, 1 heic, 1 jp2)"), err);
    assertTrue(out.contains("ok.jpg: "), out);
  }

  @Test
  void largePicturesAreReadWhereAsked() throws IOException {
    Path model = Assets.get("exported/yolo11n.torchscript");
    Path bus = Assets.picture("bus.jpg");
    String[] few = {"predict", "model=" + model, "source=" + bus, "save=False", "max_pixels=1000"};
    assertEquals(1, run(few));
    assertTrue(err.contains("at most 1000 pixels") && err.contains("raise max_pixels"), err);
    few[4] = "max_pixels=874800";
    assertEquals(0, run(few), err);
    ImageLimits more = SourceNames.limits(250_000_000);
    assertEquals(250_000_000, more.maxPixels());
    assertEquals(Duration.ofSeconds(30), more.decodeTime());
    assertEquals(ImageLimits.MAX_SIDE, more.maxSide());
  }
}
