// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yolotorch.Task;
import org.yolotorch.YoloException;

class DatasetTest {
  @TempDir Path folder;

  private final List<String> warnings = new ArrayList<>();
  private Path data;
  private DataPlaces places;

  /** Numbers per keypoint. */
  private int values = 3;

  @BeforeEach
  void pictures() throws IOException {
    places = new DataPlaces(Files.createDirectories(folder.resolve("work")), Map.of());
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

  private DataFile file() {
    return DataFile.read(data, "val", places, warnings::add);
  }

  private Dataset open(Task task) {
    DataFile file = file();
    int points = task == Task.POSE ? 2 : 0;
    LabelFormat format =
        new LabelFormat(task, file.names().size(), points, points == 0 ? 0 : values);
    return Dataset.open(file, format, places, warnings::add);
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
  void aHundredthOutsideIsMovedToTheEdge() throws IOException {
    write("set/labels/val/a.txt", "0 1.01 -0.01 0.2 1.0001");
    Dataset set = open();
    assertEquals(3, set.items().size());
    assertBox(new LabelBox(0.9, -0.5, 1.1, 0.5), set.items().get(0).labels().get(0).box());
    write("set/labels/val/a.txt", "0 0.5 0.5 0.2 0.4 1.005 0.5 2 -0.005 1.005 2");
    values = 3;
    Label pose = open(Task.POSE).items().get(0).labels().get(0);
    assertArrayEquals(new double[] {1, 0.5, 2, 0, 1, 2}, pose.points());
    write("set/labels/val/a.txt", "0 0.5 0.5 0.2 0.4 1.005 0.5 -0.005 0.5");
    values = 2;
    pose = open(Task.POSE).items().get(0).labels().get(0);
    assertArrayEquals(new double[] {1, 0.5, 1, 0, 0.5, 0}, pose.points());
    assertEquals(List.of(), warnings);
  }

  /** Ultralytics compares centre and size of an outline's box. */
  @Test
  void outlinesMayLeaveThePicture() throws IOException {
    write("set/labels/val/a.txt", "0 0.6 0.2 1.2 0.2 1.2 0.8 0.6 0.8");
    assertBox(
        new LabelBox(0.6, 0.2, 1.2, 0.8), open(Task.OBB).items().get(0).labels().get(0).box());
    assertEquals(1.2, open(Task.SEGMENT).items().get(0).labels().get(0).points()[2]);
    assertEquals(List.of(), warnings);
    write("set/labels/val/a.txt", "0 12 100 320 100 320 500");
    write("set/labels/val/b.txt", "0 0.1 0.1 0.3 0.1 0.2 0.2");
    assertEquals(1, open(Task.SEGMENT).corrupt().size());
    assertTrue(warnings.get(0).contains("normalised to 0 to 1, but 12 came"), warnings.get(0));
  }

  /** One line of more than six numbers makes all lines of the file outlines. */
  @Test
  void aFileHoldsBoxesOrOutlines() throws IOException {
    write("set/labels/val/a.txt", "0 0.1 0.2 0.5 0.4 0.3 0.9\n1 0.1 0.2 0.7 0.4\n");
    Dataset set = open();
    assertBox(new LabelBox(0.1, 0.2, 0.5, 0.9), set.items().get(0).labels().get(0).box());
    assertBox(new LabelBox(0.1, 0.2, 0.7, 0.4), set.items().get(0).labels().get(1).box());
    assertEquals(0, set.items().get(0).labels().get(0).points().length);
    write("set/labels/val/a.txt", "0 0.1 0.2 0.5 0.4 0.3 0.9\n1 0.1 0.2 0.7 0.4 0.5\n");
    write("set/labels/val/b.txt", "0 0.1 0.1 0.3 0.1");
    assertEquals(1, open().corrupt().size());
    assertTrue(warnings.get(0).contains("as other lines of the file do, but 6 numbers"));
  }

  /** As editors and other systems write them. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\uFEFF0 0.5 0.5 0.2 0.4\r\n\r\n1 0.1 0.1 0.1 0.1\r\n",
        "0\t0.5\t0.5\t0.2\t0.4\r1 \t0.1  0.1 0.1 0.1",
        "  0.0 5e-1 .5 +2.0E-01 0.4  \n1 1.e-1 0.1 0.1 0.1",
        "0 0.5\u00A00.5 0.2 0.4\n\n   \n1 0.1 0.1 0.1 0.1\n\n",
      })
  void linesOfOtherEditors(String text) throws IOException {
    write("set/labels/val/a.txt", text);
    Dataset set = open();
    assertEquals(2, set.items().get(0).labels().size(), warnings.toString());
    assertBox(new LabelBox(0.4, 0.3, 0.6, 0.7), set.items().get(0).labels().get(0).box());
    assertEquals(1, set.items().get(0).labels().get(1).classId());
    assertEquals(List.of(), warnings);
    Files.write(folder.resolve("set/labels/val/a.txt"), text.getBytes(StandardCharsets.UTF_16));
    assertEquals(2, open().items().get(0).labels().size(), warnings.toString());
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
    write("classes/val/.ipynb_checkpoints/a.jpg", "");
    write("classes/val/dog/._a.jpg", "");
    write("classes/val/dog/a.jpg", "");
    assertEquals(List.of(0), ids(folder.resolve("classes"), "val", Map.of(0, "dog", 1, "cat")));
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
    // The second differs by less than single precision tells.
    write(
        "set/labels/val/a.txt",
        "0 0.5 0.5 0.2 0.4\n0 0.500000001 0.5 0.2 0.4\n1 0.5 0.5 0.2 0.4\n");
    assertEquals(2, open().items().get(0).labels().size());
    assertEquals(1, warnings.size());
    assertTrue(warnings.get(0).contains("repeats 1 label;"), warnings.get(0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 0.5 0.5 0.2 1.011 | normalised to 0 to 1, but 1.011 came",
        "0 0.5 0.5 0.2 1.4 | normalised to 0 to 1, but 1.4 came",
        "0 0.5 -0.5 0.2 0.4 | normalised to 0 to 1, but -0.5 came",
        "2 0.5 0.5 0.2 0.4 | a class id from 0 to 1 comes first, but 2 came",
        "-1 0.5 0.5 0.2 0.4 | a class id from 0 to 1",
        "0.5 0.5 0.5 0.2 0.4 | a class id from 0 to 1 comes first, but 0.5 came",
        "0 0.5 0.5 0.2 | 5 numbers (class, centre x and y, width, height), but 4 numbers came",
        "0 0.5 0.5 0.2 0.4 0.9 | 5 numbers",
        "0 0.5 0.5 0.2 0.4f | but '0.4f' came",
        "0 0.5 0.5 0.2 0x1p-3 | but '0x1p-3' came",
        "0 0.5 0.5 0.2 1e99 | but '1e99' came",
        "0 0.5 0.5 0.2 0.\u001b[2J4 | but '0.?[2J4' came",
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
        "nc: 3\\nnames: [cat, dog] | as many names as nc says, 3, but 2 came",
        "nc: 2 | ",
        "nc: '2'\\nnames: | ",
        "names: {'0': class_0, ' 1': class_1} | ",
        "names: [class_0, ''] | ",
        "names: {0: {a: b}, 1: dog} | texts in names, but a mapping came in line 2",
        "names: [cat, [dog]] | texts in names, but a list came in line 2",
        "names: cat | a list of texts as names, but 'cat' came in line 2",
        "nc: 99999999999 | a whole number in nc, but '99999999999' came in line 2",
        "nc: 10001 | at most 10000 classes",
        "nc: 0 | the key names",
        "nc: -1 | the key names",
        "names: [cat, dog]\\nkpt_shape: 17 | a list of whole numbers as kpt_shape, but '17' came",
        "names: [cat, dog]\\nkpt_shape: [17, x] | a whole number in kpt_shape, but 'x' came",
        "names: {0: cat, 2: dog} | a name for each class from 0 to 1, but 1 has none",
        "names: {x: cat, 2: dog} | a whole number in names, but 'x' came",
        "path: . | the key names",
        "nc: many | a whole number in nc, but 'many' came",
        "path: [1] | a text as path, but a list came in line 2",
      })
  void classesThatDisagreeAreRefused(String text, String fault) throws IOException {
    data = write("set/data.yaml", "val: images/val\n" + text.replace("\\n", "\n") + "\n");
    if (fault == null) {
      assertEquals(Map.of(0, "class_0", 1, "class_1"), file().names());
    } else {
      String message = refused(YoloException.InvalidData.class);
      assertTrue(message.contains(fault), message);
    }
  }

  @Test
  void namesStayAsTheyAreWritten() throws IOException {
    data =
        write(
            "set/data.yaml",
            "val: images/val\nnames: [1, 007, 1.50, yes, ~, 1e3, 'a b', \"\\e[2J\"]\n");
    assertEquals(
        List.of("1", "007", "1.50", "yes", "~", "1e3", "a b", "?[2J"),
        List.copyOf(file().names().values()));
  }

  @Test
  void aRepeatedKeyIsTold() throws IOException {
    data =
        write(
            "set/data.yaml",
            "val: nowhere\nnames: {0: bird, 1: dog, '0': cat}\n# more\nval: images/val\n");
    assertEquals(3, open().items().size());
    assertEquals(Map.of(0, "cat", 1, "dog"), file().names());
    assertTrue(warnings.get(0).contains("but 'val' comes again in line 4 of '"), warnings.get(0));
    assertTrue(warnings.get(1).contains("but '0' comes again in line 2 of '"), warnings.get(1));
  }

  @Test
  void byteOrderMarksAndStrayCharactersAreReadOver() throws IOException {
    String text = "val: images/val\u0000\u001b\r\nnames: [cat, dog]\r\n";
    data = write("set/data.yaml", "\uFEFF" + text);
    assertEquals(3, open().items().size());
    Files.write(data, text.getBytes(StandardCharsets.UTF_16));
    assertEquals(3, open().items().size());
    assertEquals(List.of(), warnings);
  }

  @Test
  void faultsOfYamlNameTheLine() throws IOException {
    data = write("set/data.yaml", "val: images/val\nnames:\n  - cat\n  -dog: [\n");
    String message = refused(YoloException.InvalidData.class);
    assertTrue(message.contains("must be YAML, but is not (line "), message);
    assertEquals(1, message.lines().count(), message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a: b: c",
        "- 1",
        "",
        "\t",
        "val: !!javax.script.ScriptEngineManager []\nnames: [cat, dog]",
        "val: {a: b}\nnames: [cat, dog]",
        "val: [[images/val]]\nnames: [cat, dog]",
        "val: [~, '']\nnames: [cat, dog]\npath: {x: &a [*a]}",
        "nc: &a {x: [*a]}\nval: images/val\nnames: [cat, dog]",
        "nc: &a [*a]\nval: *a\nnames: *a",
        "names: &a [*a]\nval: images/val",
        "? &a [*a]\n: b",
        "val: *x",
        "a: &a [*a]\nb: [",
        "{a: 1, a: 2}"
      })
  void otherYamlIsRefused(String text) throws IOException {
    data = write("set/data.yaml", text);
    refused(YoloException.InvalidData.class);
  }

  @Test
  void classFolders() throws IOException {
    Map<Integer, String> model = Map.of(0, "dog", 1, "cat");
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

  private List<Integer> ids(Path root, String split, Map<Integer, String> model) {
    return ClassFolders.open(root, split, model, warnings::add).stream()
        .map(ClassFolders.Item::classId)
        .toList();
  }

  @Test
  void classFoldersOfValMayBeCalledOtherwise() throws IOException {
    Map<Integer, String> model = Map.of(0, "dog", 1, "cat");
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
}
