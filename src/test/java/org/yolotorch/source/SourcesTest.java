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

  /** A search that tried every split of the name among the stars would never end. */
  @Test
  void manyStars() throws IOException {
    Files.createFile(folder.resolve("a".repeat(200) + "b.jpg"));
    assertEquals(1, names("*a".repeat(30) + "*b*.jpg").size());
    assertEquals(1, names("*a*b*.j?g").size());
    assertEquals(List.of("a/3.jpg"), names("*a*/*3*.*j*"));
    assertThrows(YoloException.NotFound.class, () -> names("*a".repeat(30) + "*c*.jpg"));
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
    assertThrows(YoloException.NotFound.class, () -> names("none.jpg", "*.gif"));
  }

  @Test
  void oneMissingNameLeavesTheOthers() {
    try (Source source = Sources.open(List.of(folder + "/none.jpg", folder + "/2.jpg"))) {
      List<Frame> frames = new ArrayList<>();
      source.forEach(frames::add);
      assertEquals(2, frames.size());
      YoloException error = assertThrows(YoloException.NotFound.class, () -> frames.get(0).read());
      assertTrue(error.getMessage().contains("none.jpg' leads to no picture"));
      assertEquals(folder + "/2.jpg", frames.get(1).name());
    }
  }

  /** As Python's glob: what is not closed is a letter, and so are braces and backslashes. */
  @Test
  void patternsAreThoseOfPython() throws IOException {
    for (String name : List.of("open[", "b[1]", "{x,y}", "dir[2]", ".dot")) {
      Files.createDirectories(folder.resolve(name));
      Files.createFile(folder.resolve(name).resolve("p.jpg"));
    }
    for (String name :
        List.of("[.jpg", "].jpg", "a\\b.jpg", "é.jpg", "\uD83D\uDE00.jpg", "._2.jpg")) {
      Files.createFile(folder.resolve(name));
    }
    assertEquals(List.of("open[/p.jpg"), names("open[/*.jpg"));
    assertEquals(List.of("{x,y}/p.jpg"), names("{x,y}/*"));
    assertEquals(List.of("dir[2]/p.jpg"), names("dir[2]/*"));
    assertEquals(List.of("b[1]/p.jpg"), names("b[[]1]/*.jpg"));
    assertEquals(List.of("[.jpg"), names("[[].*"));
    assertEquals(List.of("].jpg"), names("[]].*"));
    assertEquals(List.of("a\\b.jpg"), names("a\\b.?pg"));
    assertEquals(List.of("[.jpg", "].jpg", "é.jpg", "\uD83D\uDE00.jpg"), names("[!0-9].jpg"));
    assertEquals(List.of("\uD83D\uDE00.jpg"), names("[\uD83D\uDE00x].jpg"));
    assertEquals(List.of("._2.jpg"), names("._*"));
    assertEquals(List.of(".dot/p.jpg"), names(".d*/*.jpg"));
    assertThrows(YoloException.NotFound.class, () -> names("[9-0].jpg"));
  }

  @Test
  void whatBeginsWithADotIsPassedOver() throws IOException {
    Files.createFile(folder.resolve("._2.jpg"));
    Files.createFile(folder.resolve(".3.jpg"));
    assertEquals(List.of("1.PNG", "2.jpg"), names(""));
    assertEquals(List.of("2.jpg"), names("*.jpg"));
  }

  @Test
  void picturesThatAreNotReadAreToldOnceAPlace() throws IOException {
    for (String name : List.of("i.HEIC", "j.heic", "k.jxl", ".l.heic", "m.txt")) {
      Files.createFile(folder.resolve(name));
    }
    List<String> warnings = new ArrayList<>();
    SourceOptions options = SourceOptions.builder().onWarning(warnings::add).build();
    Sources.open(folder.toString(), options).close();
    assertEquals(
        List.of(
            "3 pictures of kinds that are not read here were left out (2 heic, 1 jxl); convert them"
                + " to JPEG or PNG."),
        warnings);
  }

  /**
   * Whatever the signs are, a name leads somewhere or to the one error that says that it does not.
   */
  @Test
  void noNameEndsInAnotherError() throws IOException {
    String signs = "[]{}()\\*?!^-,'\"./ab2é~$+|&\t";
    java.util.Random random = new java.util.Random(5);
    int found = 0;
    for (int i = 0; i < 3000; i++) {
      StringBuilder name = new StringBuilder(folder + "/");
      for (int length = 1 + random.nextInt(9); length > 0; length--) {
        name.append(signs.charAt(random.nextInt(signs.length())));
      }
      name.append(random.nextInt(3) == 0 ? ".jpg" : "*");
      try (Source source = Sources.open(name.toString())) {
        found += source.items();
      } catch (YoloException.NotFound e) {
        assertTrue(e.getMessage().startsWith("A "), e.getMessage());
      }
    }
    assertTrue(found > 0);
  }
}
