// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.val;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yolotorch.ImageSize;
import org.yolotorch.ModelInfo;
import org.yolotorch.Task;
import org.yolotorch.YoloException;

class DatasetTest {
  @TempDir Path folder;

  private final List<String> warnings = new ArrayList<>();
  private Path data;

  private static ModelInfo info(Task task, String... names) {
    Map<Integer, String> map = new TreeMap<>();
    for (String name : names) {
      map.put(map.size(), name);
    }
    int points = task == Task.POSE ? 2 : 0;
    return new ModelInfo(
        "checkpoint",
        task,
        "YOLO11",
        "n",
        ImageSize.square(64),
        32,
        1,
        3,
        true,
        false,
        Optional.empty(),
        false,
        1,
        1,
        1,
        points,
        points == 0 ? 0 : 3,
        "",
        "",
        "",
        "",
        map,
        List.of());
  }

  @BeforeEach
  void pictures() throws IOException {
    for (String name : new String[] {"a.jpg", "b.png", "deep/c.JPG", "notes.txt"}) {
      write("set/images/val/" + name, "");
    }
    write("set/labels/val/a.txt", "0 0.5 0.5 0.2 0.4\n1 0.1 0.1 0.1 0.1\n");
    write("set/labels/val/deep/c.txt", "\n");
    data = write("set/data.yaml", "val: images/val\nnames: [cat, dog]\n");
  }

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private Dataset open(Task task) {
    return Dataset.open(data, "val", info(task, "cat", "dog"), warnings::add);
  }

  private Dataset open() {
    return open(Task.DETECT);
  }

  private String refused(Class<? extends YoloException> type) {
    String message = assertThrows(type, this::open).getMessage();
    assertTrue(message.endsWith("."), message);
    return message;
  }

  private List<String> pictures(Dataset set) {
    return set.items().stream()
        .map(item -> folder.resolve("set").relativize(item.picture()).toString())
        .toList();
  }

  private static void assertBox(LabelBox expected, LabelBox box) {
    assertEquals(expected.left(), box.left(), 1e-12);
    assertEquals(expected.top(), box.top(), 1e-12);
    assertEquals(expected.right(), box.right(), 1e-12);
    assertEquals(expected.bottom(), box.bottom(), 1e-12);
  }

  @Test
  void aFolderAndAllBelowIt() {
    Dataset set = open();
    assertEquals(
        List.of("images/val/a.jpg", "images/val/b.png", "images/val/deep/c.JPG"), pictures(set));
    assertEquals(List.of(2, 0, 0), set.items().stream().map(item -> item.labels().size()).toList());
    assertBox(new LabelBox(0.4, 0.3, 0.6, 0.7), set.items().get(0).labels().get(0).box());
    assertEquals(Map.of(0, "cat", 1, "dog"), set.names());
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
  void oneInSinglePrecisionIsOne() throws IOException {
    write("set/labels/val/a.txt", "0 1.00000001 0.5 0.2 0.4");
    assertEquals(3, open().items().size());
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
  void duplicatesAreDropped() throws IOException {
    write("set/labels/val/a.txt", "0 0.5 0.5 0.2 0.4\n0 0.50 0.5 0.2 0.4\n1 0.5 0.5 0.2 0.4\n");
    assertEquals(2, open().items().get(0).labels().size());
    assertEquals(1, warnings.size());
    assertTrue(warnings.get(0).contains("repeats 1 label;"), warnings.get(0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 0.5 0.5 0.2 1.4 | normalised to 0 to 1, but 1.4 came",
        "0 0.5 -0.5 0.2 0.4 | normalised to 0 to 1, but -0.5 came",
        "2 0.5 0.5 0.2 0.4 | a class id from 0 to 1 comes first, but 2 came",
        "-1 0.5 0.5 0.2 0.4 | a class id from 0 to 1",
        "0.5 0.5 0.5 0.2 0.4 | a class id from 0 to 1 comes first, but 0.5 came",
        "0 0.5 0.5 0.2 | 5 numbers (class, centre x and y, width, height), but 4 numbers came",
        "0 0.5 0.5 0.2 0.4 0.9 | 5 numbers",
        "0 0.5 0.5 0.2 nan | numbers with blanks between them stand, but 'nan' came",
        "0,0.5 0.5 0.2 0.4 0 | but '0,0.5' came",
      })
  void wrongLinesLeaveTheirPictureOut(String line, String fault) throws IOException {
    write("set/labels/val/a.txt", "\n" + line + "\n");
    write("set/labels/val/b.txt", "0 0.5 0.5 0.2 0.4");
    Dataset set = open();
    assertEquals(List.of("images/val/b.png", "images/val/deep/c.JPG"), pictures(set));
    assertEquals(1, set.corrupt().size());
    assertEquals(1, warnings.size());
    String warning = warnings.get(0);
    assertTrue(warning.startsWith("Line 2 of '") && warning.contains("val/a.txt'"), warning);
    assertTrue(warning.contains(fault), warning);
    assertTrue(warning.endsWith("The picture is left out."), warning);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "segment | 0 0.5 0.5 0.2 0.4 | x, y of at least three points of an outline",
        "obb | 0 | but 1 number",
        "obb | 0 0.5 0.5 0.2 0.4 | 9 numbers (class and four corners)",
        "pose | 0 0.5 0.5 0.2 0.4 1 1 2 | 11 numbers (class, box, 2 points)",
        "pose | 0 0.5 0.5 0.2 0.4 1 1 2 1 1.5 2 | normalised to 0 to 1, but 1.5 came",
      })
  void everyTaskHasItsLines(String task, String line, String fault) throws IOException {
    write("set/labels/val/a.txt", line);
    write(
        "set/labels/val/b.txt",
        switch (task) {
          case "pose" -> "1 0.5 0.5 0.2 0.4 0.1 0.2 2 0.3 0.4 0";
          case "obb" -> "1 0.1 0.1 0.9 0.1 0.9 0.9 0.1 0.9";
          default -> "1 0.1 0.1 0.9 0.1 0.9 0.9";
        });
    Dataset set = open(Task.of(task));
    assertTrue(warnings.get(0).contains(fault), warnings.get(0));
    Label label = set.items().get(0).labels().get(0);
    assertEquals(task.equals("obb") ? 8 : 6, label.points().length);
    assertEquals(1, label.classId());
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "names: [cat] | the model's 2 classes was expected",
        "names: [cat, dog, cow] | has 3; use the one",
        "nc: 3\\nnames: [cat, dog] | as many names as nc says, 3, but 2 came",
        "nc: 2 | ",
        "names: {0: cat, 2: dog} | a name for each class from 0 to 1, but 1 has none",
        "names: {x: cat, 2: dog} | a whole number in names, but 'x' came",
        "path: . | the key names",
        "nc: many | a whole number in nc, but 'many' came",
        "path: [1] | a text as path",
      })
  void classesThatDisagreeAreRefused(String text, String fault) throws IOException {
    data = write("set/data.yaml", "val: images/val\n" + text.replace("\\n", "\n") + "\n");
    if (fault == null) {
      assertEquals(Map.of(0, "class_0", 1, "class_1"), open().names());
    } else {
      String message = refused(YoloException.InvalidData.class);
      assertTrue(message.contains(fault), message);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a: b: c",
        "- 1",
        "",
        "\t",
        "val: !!javax.script.ScriptEngineManager []",
        "val: *x",
        "a: &a [*a]\nb: [",
        "{a: 1, a: 2}"
      })
  void otherYamlIsRefused(String text) throws IOException {
    data = write("set/data.yaml", text);
    refused(YoloException.InvalidData.class);
  }

  @Test
  void keypointsThatDisagreeAreRefused() throws IOException {
    data = write("set/data.yaml", "val: images/val\nnames: [cat, dog]\nkpt_shape: [17, 3]\n");
    String message =
        assertThrows(YoloException.InvalidData.class, () -> open(Task.POSE)).getMessage();
    assertTrue(message.contains("kpt_shape [2, 3]") && message.contains("[17, 3]"), message);
  }

  @Test
  void classFolders() throws IOException {
    ModelInfo model = info(Task.CLASSIFY, "dog", "cat");
    write("classes/val/cat/1.jpg", "");
    write("classes/val/cat/deep/2.jpg", "");
    Path root = folder.resolve("classes");
    // By name: a class may be missing.
    assertEquals(List.of(1, 1), ids(root, "val", model));
    write("classes/val/n01/3.jpg", "");
    // By number, sorted.
    assertEquals(List.of(0, 0, 1), ids(root, "val", model));
    write("classes/val/n02/4.jpg", "");
    YoloException error =
        assertThrows(YoloException.InvalidData.class, () -> ids(root, "val", model));
    assertTrue(error.getMessage().contains("but 3 folders came"), error.getMessage());
    assertThrows(YoloException.NotFound.class, () -> ids(root, "test", model));
    Files.createDirectories(root.resolve("train/cat"));
    assertThrows(YoloException.NotFound.class, () -> ids(root, "train", model));
  }

  private List<Integer> ids(Path root, String split, ModelInfo model) {
    return ClassFolders.open(root, split, model, warnings::add).stream()
        .map(ClassFolders.Item::classId)
        .toList();
  }

  @Test
  void classFoldersOfValMayBeCalledOtherwise() throws IOException {
    ModelInfo model = info(Task.CLASSIFY, "dog", "cat");
    Path root = folder.resolve("classes");
    write("classes/test/dog/1.jpg", "");
    write("classes/train/dog/1.jpg", "");
    assertEquals(List.of(0), ids(root, "test", model));
    assertEquals(List.of(), warnings);
    assertEquals(List.of(0), ids(root, "val", model));
    write("classes/validation/cat/1.jpg", "");
    assertEquals(List.of(1), ids(root, "val", model));
    assertEquals(2, warnings.size());
    assertTrue(
        warnings.get(0).endsWith("but there is none; 'test' is measured instead."),
        warnings.get(0));
    assertTrue(warnings.get(1).endsWith("'validation' is measured instead."), warnings.get(1));
    warnings.clear();
    write("classes/val/dog/1.jpg", "");
    assertEquals(List.of(0), ids(root, "val", model));
    assertEquals(List.of(), warnings);
  }

  @Test
  void optionsOutOfRangeAreRefused() {
    ValOptions.Builder builder = ValOptions.builder(data);
    assertThrows(YoloException.InvalidArgument.class, () -> builder.split("dev").build());
    builder.split("test").batch(-1);
    assertThrows(YoloException.InvalidArgument.class, builder::build);
    builder.batch(1024).conf(1.5);
    assertThrows(YoloException.InvalidArgument.class, builder::build);
    builder.conf(null).maxDet(0);
    assertThrows(YoloException.InvalidArgument.class, builder::build);
    assertEquals(0.01, builder.maxDet(1).build().predictOptions(Task.OBB, 0).conf());
    assertEquals(0.001, builder.build().predictOptions(Task.POSE, 0).conf());
    assertTrue(builder.pictureMasks(true).build().predictOptions(Task.SEGMENT, 0).retinaMasks());
  }
}
