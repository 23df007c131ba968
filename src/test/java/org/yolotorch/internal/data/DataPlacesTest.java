// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yolotorch.Task;
import org.yolotorch.YoloException;

class DataPlacesTest {
  @TempDir Path folder;

  private final List<String> warnings = new ArrayList<>();
  private Path work;
  private DataPlaces places;

  @BeforeEach
  void work() {
    work = folder.resolve("work");
    places = new DataPlaces(work, Map.of());
  }

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  /** A picture with its label. */
  private void picture(String name) throws IOException {
    write(name, "");
    Path labels = Dataset.labelFile(folder.resolve(name));
    write(folder.relativize(labels).toString(), "0 0.5 0.5 0.2 0.4");
  }

  private Dataset open(Path file) {
    DataFile data = DataFile.read(file, "val", places, warnings::add);
    LabelFormat format = new LabelFormat(Task.DETECT, data.names().size(), 0, 0);
    return Dataset.open(data, format, places, warnings::add);
  }

  private List<String> pictures(Path file) {
    return open(file).items().stream()
        .map(item -> folder.relativize(item.picture()).toString())
        .toList();
  }

  private String missing(Path file) {
    String message = assertThrows(YoloException.NotFound.class, () -> open(file)).getMessage();
    assertTrue(message.endsWith(".") && message.lines().count() == 1, message);
    return message;
  }

  @Test
  void pathIsLookedForBesideInDatasetsAndInTheWorkingFolder() throws IOException {
    Path file = write("cfg/set.yaml", "path: coco\nval: images/val\nnames: [cat]\n");
    String message = missing(file);
    int last = -1;
    for (String place : List.of("cfg/coco", "work/datasets/coco", "work/coco")) {
      int at = message.indexOf("'" + folder.resolve(place).resolve("images/val") + "'");
      assertTrue(at > last, message);
      last = at;
    }
    // Each is better than the one before.
    for (String place : List.of("work/coco", "work/datasets/coco", "cfg/coco")) {
      picture(place + "/images/val/a.jpg");
      assertEquals(List.of(place + "/images/val/a.jpg"), pictures(file));
    }
    assertEquals(List.of(), warnings);
  }

  @Test
  void theFoldersOfDataSetsAreNamedByAVariable() throws IOException {
    Path file = write("cfg/set.yaml", "path: coco\nval: images\nnames: [cat]\n");
    String folders = folder.resolve("one") + File.pathSeparator + "two";
    places = new DataPlaces(work, Map.of(DataPlaces.FOLDERS, folders));
    String message = missing(file);
    assertTrue(message.contains("'" + folder.resolve("work/two/coco/images") + "'"), message);
    assertFalse(message.contains("datasets/"), message);
    picture("work/two/coco/images/a.jpg");
    assertEquals(List.of("work/two/coco/images/a.jpg"), pictures(file));
    picture("one/coco/images/a.jpg");
    assertEquals(List.of("one/coco/images/a.jpg"), pictures(file));
  }

  @Test
  void olderFilesGoAboveTheFolderOfDataSets() throws IOException {
    Path file = write("cfg/set.yaml", "path: ../datasets/coco\nval: images\nnames: [cat]\n");
    picture("work/datasets/coco/images/a.jpg");
    assertEquals(List.of("work/datasets/coco/images/a.jpg"), pictures(file));
  }

  @Test
  void anAbsolutePathIsTheOnlyPlace() throws IOException {
    Path file =
        write("cfg/set.yaml", "path: " + folder.resolve("no") + "\nval: images\nnames: [cat]\n");
    picture("cfg/images/a.jpg");
    picture("work/images/a.jpg");
    assertTrue(missing(file).contains("expected at '" + folder.resolve("no/images") + "', as"));
  }

  @Test
  void aFileIsFoundByName() throws IOException {
    YoloException error =
        assertThrows(YoloException.NotFound.class, () -> places.find(Path.of("coco8.yaml")));
    int last = -1;
    for (String place :
        List.of(
            "work/coco8.yaml",
            "work/datasets/coco8.yaml",
            "work/datasets/coco8/coco8.yaml",
            "work/datasets/coco8/data.yaml")) {
      int at = error.getMessage().indexOf("'" + folder.resolve(place) + "'");
      assertTrue(at > last, error.getMessage());
      last = at;
    }
    assertTrue(error.getMessage().contains(DataPlaces.FOLDERS), error.getMessage());
    Path deep = write("work/datasets/coco8/data.yaml", "val: images\nnames: [cat]\n");
    assertEquals(deep, places.find(Path.of("coco8.yaml")));
    Path own = write("work/datasets/coco8.yaml", "");
    assertEquals(own, places.find(Path.of("coco8.yaml")));
    write("work/coco8.yaml", "");
    assertEquals(Path.of("coco8.yaml"), places.find(Path.of("coco8.yaml")));
    assertEquals(own, places.find(own));
    // The folder of a data set of classes.
    assertEquals(folder.resolve("work/datasets/coco8"), places.find(Path.of("coco8")));
    assertThrows(YoloException.NotFound.class, () -> places.find(folder.resolve("no.yaml")));
  }

  @Test
  void linesOfAListBeginBesideItInPathOrInTheWorkingFolder() throws IOException {
    Path file = write("cfg/obj.yaml", "path: ../set\nval: lists/val.txt\nnames: [cat]\n");
    write(
        "set/lists/val.txt",
        "\uFEFF./d.jpg\r\nimages/c.jpg\r\n\r\ndata/obj/a.jpg\r\n"
            + folder.resolve("e.PNG")
            + "\r\nREADME\r\nnotes.txt\r\njpg\r\n/etc/passwd\r\n");
    String message = missing(file);
    assertTrue(message.startsWith("The pictures that '") && message.contains("lists"), message);
    for (String place : List.of("set/lists/d.jpg", "set/d.jpg", "work/d.jpg")) {
      assertTrue(message.contains("'" + folder.resolve(place) + "'"), message);
    }
    picture("work/data/obj/a.jpg");
    picture("set/images/c.jpg");
    // A folder is no picture, whatever its name.
    Files.createDirectories(folder.resolve("set/d.jpg"));
    assertEquals(List.of("set/images/c.jpg", "work/data/obj/a.jpg"), pictures(file));
    assertEquals(1, warnings.size());
    assertTrue(
        warnings.get(0).contains("2 pictures of 4 cannot be found, such as '"), warnings.get(0));
    assertEquals(2, open(file).corrupt().size());
    picture("set/lists/d.jpg");
    picture("e.PNG");
    warnings.clear();
    assertEquals(
        List.of("e.PNG", "set/images/c.jpg", "set/lists/d.jpg", "work/data/obj/a.jpg"),
        pictures(file));
    assertEquals(List.of(), warnings);
  }

  @Test
  void aListWithoutPicturesIsRefused() throws IOException {
    Path file = write("set/data.yaml", "val: l.txt\nnames: [cat]\n");
    write("set/l.txt", "/etc/passwd\nl.txt\n\n");
    assertTrue(missing(file).contains("but none is there; correct"));
    write("set/l.txt", "a\0b.jpg\n");
    assertThrows(YoloException.InvalidData.class, () -> open(file));
    write("set/data.yaml", "val: /dev/zero\nnames: [cat]\n");
    assertThrows(YoloException.InvalidData.class, () -> open(file));
  }
}
