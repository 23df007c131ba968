// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.val;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yolotorch.Yolo;
import org.yolotorch.internal.data.Dataset;
import org.yolotorch.support.Assets;
import org.yolotorch.support.DataFiles;

/** Data sets with fewer or more classes than the model has. */
class OtherClassesTest {
  private static final int PICTURES = 16;

  @TempDir Path folder;

  private final List<String> warnings = new ArrayList<>();
  private final ValListener listener =
      new ValListener() {
        @Override
        public void warned(String sentence) {
          warnings.add(sentence);
        }
      };

  /** Copies pictures, and of their labels those of class 0 as they are or as another class. */
  private void copy(String set, String shown) throws IOException {
    Path images = Files.createDirectories(folder.resolve("images"));
    Path labels = Files.createDirectories(folder.resolve("labels"));
    List<Path> pictures = Dataset.pictures(Assets.get("images/" + set));
    for (Path picture : pictures.subList(0, PICTURES)) {
      Files.copy(picture, images.resolve(picture.getFileName()));
      Path file = Dataset.labelFile(picture);
      String own =
          Files.exists(file)
              ? Files.readString(file)
                  .lines()
                  .filter(line -> line.startsWith("0 "))
                  .map(line -> shown + line.substring(1))
                  .collect(Collectors.joining("\n"))
              : "";
      Files.writeString(labels.resolve(file.getFileName()), own);
    }
  }

  @Test
  void theFirstClassAloneIsMeasuredAsInTheWholeSet() throws IOException {
    copy("coco128", "0");
    try (Yolo model = Yolo.load(Assets.get("exported/yolo11n.torchscript"))) {
      Path data = Files.writeString(folder.resolve("one.yaml"), "val: images\nnames: [human]\n");
      ValResult one = model.val(ValOptions.of(data), listener);
      Path whole = DataFiles.write(folder, folder, "images", model.info().names());
      ValResult all = model.val(ValOptions.of(whole), listener);
      assertEquals(List.of(), warnings);
      assertTrue(one.instances() >= 10, "persons: " + one.instances());
      assertEquals(all.instances(), one.instances());
      Metrics metrics = one.box().orElseThrow().overall();
      assertEquals(all.box().orElseThrow().overall(), metrics);
      assertEquals(1, one.classes().size());
      assertEquals("human", one.classes().get(0).name());
      assertTrue(metrics.map() > 0.3, metrics.toString());
      int classes = one.confusion().classes();
      assertEquals(80, classes);
      // What the model finds of classes that the data set lacks is no background.
      long others = 0;
      for (int id = 1; id < classes; id++) {
        others += one.confusion().count(id, classes);
      }
      assertTrue(others > 0, "found without a label");
    }
  }

  @Test
  void aClassThatTheModelLacksIsNotFound() throws IOException {
    copy("shapes-obb", "3");
    Path own = folder.resolve("labels/added.txt");
    Path picture = Assets.picture("0013.jpg");
    Files.copy(picture, folder.resolve("images/added.jpg"));
    Files.copy(Dataset.labelFile(picture), own);
    try (Yolo model = Yolo.load(Assets.get("weights/shapes-obb.pt"))) {
      Path data =
          Files.writeString(folder.resolve("data.yaml"), "val: images\nnames: [a, b, c, hole]\n");
      ValResult result = model.val(ValOptions.of(data), listener);
      assertEquals(1, warnings.size(), warnings.toString());
      assertTrue(warnings.get(0).contains("such as 3 'hole'; they count as not found"));
      Scores scores = result.box().orElseThrow();
      assertEquals(0, scores.byClass().get(3).map());
      assertTrue(scores.byClass().size() > 1, scores.byClass().keySet().toString());
      ClassCount last = result.classes().get(result.classes().size() - 1);
      assertEquals("hole", last.name());
      assertTrue(last.instances() > 0);
      long lost = 0;
      for (int id = 0; id < 3; id++) {
        lost += result.confusion().count(id, 3);
      }
      assertEquals(last.instances(), lost + result.confusion().count(4, 3));
      ValResult rest = model.val(ValOptions.builder(data).classes(0, 1, 2).build(), listener);
      assertEquals(1, warnings.size(), "those that are asked for, the model has");
      assertTrue(rest.box().orElseThrow().byClass().keySet().stream().allMatch(id -> id < 3));
    }
  }
}
