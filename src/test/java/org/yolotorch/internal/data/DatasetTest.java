// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.yolotorch.YoloException;

class DatasetTest extends DataCase {
  @Test
  void aFolderAndAllBelowIt() {
    Dataset set = open();
    assertEquals(
        List.of("images/val/a.jpg", "images/val/b.png", "images/val/deep/c.JPG"), pictures(set));
    assertEquals(List.of(2, 0, 0), set.items().stream().map(item -> item.labels().size()).toList());
    assertBox(new LabelBox(0.4, 0.3, 0.6, 0.7), set.items().get(0).labels().get(0).box());
    assertEquals(Map.of(0, "cat", 1, "dog"), file().names());
    assertEquals(List.of(), warnings);
  }

  @Test
  void listsAndSeveralPlaces() throws IOException {
    write("set/lists/val.txt", "../images/val/b.png\n\nimages/val/a.jpg\n");
    write("set/more/images/d.png", "");
    write("set/more/labels/d.txt", "1 0 0 1 0 1 1 0 1");
    data =
        write(
            "data.yaml",
            "path: set\nnames: {1: dog, 0: cat}\nnc: 2\nval: [lists/val.txt, more/images]\n"
                + "download: http://127.0.0.1/x.zip\n");
    Dataset set = open();
    assertEquals(
        List.of("images/val/a.jpg", "images/val/b.png", "more/images/d.png"), pictures(set));
    // An outline is taken as its box.
    assertBox(new LabelBox(0, 0, 1, 1), set.items().get(2).labels().get(0).box());
  }

  @Test
  void aFolderBesideTheFileMayBeWrittenAsOneAbove() throws IOException {
    data = write("set/data.yaml", "val: ../images/val\nnames: [cat, dog]\n");
    assertEquals(3, open().items().size());
    data = write("set/data.yaml", "val: ../none\nnames: [cat, dog]\n");
    assertTrue(refused(YoloException.NotFound.class).contains("'" + folder.resolve("none") + "'"));
  }

  @Test
  void hiddenFilesArePassedOver() throws IOException {
    write("set/images/val/._a.jpg", "");
    write("set/images/val/.thumbs/a.jpg", "");
    write("set/images/val/jpg", "");
    assertEquals(
        List.of("images/val/a.jpg", "images/val/b.png", "images/val/deep/c.JPG"), pictures(open()));
    // A place that is named counts, whatever its name.
    write("set/.hidden/images/d.jpg", "");
    write("set/.hidden/labels/d.txt", "0 0.5 0.5 0.2 0.4");
    data = write("set/data.yaml", "val: .hidden/images\nnames: [cat, dog]\n");
    assertEquals(List.of(".hidden/images/d.jpg"), pictures(open()));
    Files.createSymbolicLink(folder.resolve("set/.hidden/images/loop"), folder.resolve("set"));
    assertTrue(pictures(open()).contains(".hidden/images/d.jpg"));
  }

  @Test
  void labelsLieBesideImages() {
    assertEquals(
        Path.of("/images/x/labels/val/a.b.txt"),
        Dataset.labelFile(Path.of("/images/x/images/val/a.b.jpg")));
    assertEquals(Path.of("/labels/a.txt"), Dataset.labelFile(Path.of("/images/a.jpg")));
    assertEquals(Path.of("/other/a.txt"), Dataset.labelFile(Path.of("/other/a.jpg")));
  }

  @Test
  void dataWithoutLabelsIsRefused() throws IOException {
    write("set/labels/val/a.txt", "");
    assertTrue(refused(YoloException.InvalidData.class).contains("Labels were expected for the 3"));
    write("set/labels/val/a.txt", "9 9 9 9 9");
    refused(YoloException.InvalidData.class);
  }

  @Test
  void whatIsMissingIsNamed() throws IOException {
    data = write("set/data.yaml", "val: pictures\nnames: [cat, dog]\n");
    String message = refused(YoloException.NotFound.class);
    assertTrue(message.contains("set/pictures'") && message.contains("download"), message);
    data = write("set/data.yaml", "val: labels\nnames: [cat, dog]\n");
    assertTrue(refused(YoloException.NotFound.class).contains("none is there"));
    data = write("set/data.yaml", "train: images\nnames: [cat, dog]\n");
    assertTrue(refused(YoloException.InvalidData.class).contains("the key val"));
    data = folder.resolve("nowhere.yaml");
    assertTrue(refused(YoloException.NotFound.class).contains("there is none"));
    data = folder;
    assertTrue(refused(YoloException.InvalidData.class).contains("it is a folder"));
    data = write("set/data.yaml", "validation: images/val\nnames: [cat, dog]\n");
    assertEquals(3, open().items().size());
  }
}
