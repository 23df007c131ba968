// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yolotorch.Frame;
import org.yolotorch.Source;
import org.yolotorch.YoloException;

class SourcesTest {
  @TempDir Path folder;

  @BeforeEach
  void fill() throws IOException {
    Files.createDirectories(folder.resolve("a/b/c"));
    Files.createDirectories(folder.resolve(".hidden"));
    for (String name :
        List.of(
            "2.jpg", "1.PNG", "x.dat", "a/3.jpg", "a/b/c/4.jpg", "a/b/5.png", ".hidden/6.jpg")) {
      Files.createFile(folder.resolve(name));
    }
  }

  private List<String> names(String... sources) {
    List<String> names = new ArrayList<>();
    for (String source : sources) {
      names.add(source.isEmpty() ? folder.toString() : folder + "/" + source);
    }
    List<String> found = new ArrayList<>();
    try (Source source = Sources.open(names)) {
      for (Frame frame : source) {
        assertEquals(found.size(), frame.index());
        assertEquals(frame.name(), frame.file().orElseThrow().toString());
        found.add(folder.relativize(frame.file().orElseThrow()).toString());
      }
      assertEquals(found.size(), source.size().orElseThrow());
    }
    return found;
  }

  @Test
  void folderGivesItsPicturesSorted() {
    assertEquals(List.of("1.PNG", "2.jpg"), names(""));
  }

  @Test
  void fileIsTakenWhateverItsName() {
    assertEquals(List.of("x.dat"), names("x.dat"));
  }

  @Test
  void patterns() {
    assertEquals(List.of("2.jpg"), names("*.jpg"));
    assertEquals(List.of("1.PNG", "2.jpg"), names("*"));
    assertEquals(List.of("2.jpg"), names("[2-9].*"));
    assertEquals(List.of("a/3.jpg"), names("?/*.jpg"));
    assertEquals(List.of("2.jpg", "a/3.jpg", "a/b/c/4.jpg"), names("**/*.jpg"));
    assertEquals(List.of("a/3.jpg", "a/b/5.png", "a/b/c/4.jpg"), names("a/**/*.*"));
  }

  @Test
  void listsKeepTheirOrder() {
    assertEquals(List.of("a/3.jpg", "1.PNG", "2.jpg"), names("a/3.jpg", ""));
  }

  @Test
  void nameWithWildcardsMayBeAFile() throws IOException {
    Files.createFile(folder.resolve("odd[1].jpg"));
    assertEquals(List.of("odd[1].jpg"), names("odd[1].jpg"));
  }

  @Test
  void nothingFoundIsToldByName() {
    for (String name : List.of("none.jpg", "none/*.jpg", "*.gif", "a/b/c/d")) {
      YoloException error = assertThrows(YoloException.NotFound.class, () -> names(name));
      assertTrue(error.getMessage().contains(name), error.getMessage());
    }
    assertThrows(YoloException.NotFound.class, () -> Sources.open("a\0b"));
    assertThrows(YoloException.NotFound.class, () -> names("x.dat", "none.jpg"));
  }
}
