// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yolotorch.Weights;
import org.yolotorch.Yolo;
import org.yolotorch.YoloException;

/** Which names are weights, and where they are looked for. */
class WeightsTest {
  private static final String NAME = "yolo11n.pt";

  @TempDir Path folder;

  private WeightPlaces places(String... environment) {
    Map<String, String> map = new HashMap<>();
    map.put("XDG_CACHE_HOME", folder.resolve("cache").toString());
    // Nobody listens there: whoever asks it fails with another exception than is expected.
    map.put("YOLOTORCH_WEIGHTS_URL", "http://127.0.0.1:1/");
    for (int i = 0; i < environment.length; i += 2) {
      map.put(environment[i], environment[i + 1]);
    }
    return new WeightPlaces(folder.resolve("working"), map, "/home/x", "Linux");
  }

  private Path put(String place) throws IOException {
    Path file = folder.resolve(place).resolve(NAME);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, place);
  }

  @Test
  void everyScaleOfEveryTaskHasAName() {
    List<String> names = Weights.names();
    assertEquals(51, new HashSet<>(names).size());
    assertTrue(
        names.containsAll(
            List.of("yolo11n.pt", "yolo11s-seg.pt", "yolo11m-pose.pt", "yolo11l-obb.pt")));
    assertTrue(names.containsAll(List.of("yolo11x-cls.pt", "yolov8n.pt", "yolov8x-obb.pt")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "yolo11q.pt | are 'yolo11n.pt', 'yolo11s.pt', 'yolo11m.pt', 'yolo11l.pt', 'yolo11x.pt'",
        "yolo11-seg.pt | are 'yolo11n-seg.pt', 'yolo11s-seg.pt', 'yolo11m-seg.pt'",
        "yolov11n.pt | is 'yolo11n.pt'",
        "yolo11nn.pt | is 'yolo11n.pt'",
        "yolo8n.pt | is 'yolov8n.pt'",
        "yolo12n.pt | is 'yolo11n.pt'",
        "yolov9s.pt | is 'yolov8s.pt'",
        "yolo11m-sgm.pt | is 'yolo11m-seg.pt'",
        "YOLO11n.pt | is 'yolo11n.pt'"
      })
  void misspeltNamesGetTheNearest(String name, String nearest) {
    Weights.Listener silent = new Weights.Listener() {};
    WeightPlaces places = places();
    for (YoloException error :
        List.of(
            assertThrows(YoloException.NotFound.class, () -> WeightFiles.find(name, places)),
            assertThrows(
                YoloException.NotFound.class, () -> WeightFiles.download(name, silent, places)),
            assertThrows(YoloException.NotFound.class, () -> Yolo.load(Path.of(name))))) {
      assertTrue(error.getMessage().contains("no file '" + name + "'"), error.getMessage());
      assertTrue(error.getMessage().contains("the nearest " + nearest), error.getMessage());
      assertTrue(error.getMessage().endsWith("."), error.getMessage());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"models/yolo11n.pt", "./yolo11q.pt", "best.pt", "yolo.pt", "yolo11n"})
  void otherPathsAreLookedForNowhereElse(String path) {
    YoloException error =
        assertThrows(YoloException.NotFound.class, () -> Yolo.load(Path.of(path)));
    assertTrue(error.getMessage().startsWith("There is no file '" + path + "'"), error.toString());
  }

  @Test
  void loadSaysWhereItLooked() {
    String name = "yolov8x-obb.pt";
    Assumptions.assumeTrue(Weights.find(name).isEmpty(), name + " lies on this machine");
    YoloException error =
        assertThrows(YoloException.NotFound.class, () -> Yolo.load(Path.of(name)));
    assertTrue(error.getMessage().contains("yolotorch" + File.separator + "weights"));
    assertTrue(error.getMessage().contains("Weights.download(\"" + name + "\")"));
  }

  @Test
  void workingFolderThenNamedFoldersThenCache() throws IOException {
    String named = folder.resolve("b") + File.pathSeparator + folder.resolve("a");
    WeightPlaces places = places("YOLOTORCH_WEIGHTS", named + File.pathSeparator);
    assertEquals(Optional.empty(), WeightFiles.find(NAME, places));
    YoloException error =
        assertThrows(YoloException.NotFound.class, () -> WeightFiles.locate(NAME, places));
    assertTrue(
        error
            .getMessage()
            .startsWith(
                "'yolo11n.pt' was expected in the working folder, '"
                    + folder.resolve("b")
                    + "', '"
                    + folder.resolve("a")
                    + "' or '"
                    + folder.resolve("cache/yolotorch/weights")
                    + "', but is in none; "),
        error.getMessage());
    for (String place : List.of("cache/yolotorch/weights", "a", "b", "working")) {
      Path file = put(place);
      assertEquals(Optional.of(file), WeightFiles.find(NAME, places));
      assertEquals(file, WeightFiles.locate(NAME, places));
      assertEquals(file, WeightFiles.download(NAME, new Weights.Listener() {}, places));
    }
    assertNull(WeightFiles.locate("best.pt", places));
  }

  @Test
  void cacheIsWhereTheSystemKeepsIts() {
    Map<String, String> windows = Map.of("LOCALAPPDATA", "/local");
    assertEquals("/home/x/.cache/yolotorch/weights", cache(Map.of(), "/home/x", "Linux"));
    assertEquals(
        "/home/x/Library/Caches/yolotorch/weights", cache(Map.of(), "/home/x", "Mac OS X"));
    assertEquals("/local/yolotorch/weights", cache(windows, "/home/x", "Windows 11"));
    assertEquals("/home/x/.cache/yolotorch/weights", cache(windows, "/home/x", "Linux"));
    assertEquals("/c/yolotorch/weights", cache(Map.of("XDG_CACHE_HOME", "/c"), "/home/x", "Linux"));
    // The rules of XDG: a relative one is to be ignored.
    assertEquals(
        "/home/x/.cache/yolotorch/weights",
        cache(Map.of("XDG_CACHE_HOME", "c"), "/home/x", "Linux"));
    assertEquals("null", cache(Map.of(), "?", "Linux"));
    assertEquals("null", cache(Map.of(), "", "Linux"));
  }

  private static String cache(Map<String, String> environment, String home, String system) {
    return String.valueOf(new WeightPlaces(Path.of(""), environment, home, system).cache());
  }

  @Test
  void withoutACacheNothingIsFetched() {
    WeightPlaces places = new WeightPlaces(folder, Map.of(), "?", "Linux");
    assertEquals(Optional.empty(), WeightFiles.find(NAME, places));
    YoloException error =
        assertThrows(
            YoloException.WriteFailed.class,
            () -> WeightFiles.download(NAME, new Weights.Listener() {}, places));
    assertTrue(error.getMessage().contains("XDG_CACHE_HOME"), error.getMessage());
  }

  @Test
  void mirrorReplacesTheAddress() {
    WeightPlaces published = new WeightPlaces(folder, Map.of(), "/home/x", "Linux");
    assertEquals(
        "https://github.com/ultralytics/assets/releases/download/v8.3.0/yolo11n.pt",
        published.address(NAME).toString());
    for (String mirror : List.of("http://mirror:8080/w", " http://mirror:8080/w/ ")) {
      WeightPlaces places = places("YOLOTORCH_WEIGHTS_URL", mirror);
      assertEquals("http://mirror:8080/w/yolo11n.pt", places.address(NAME).toString());
    }
    for (String mirror : List.of("ftp://mirror/", "file:///w", "mirror/w", "http://a b/", "x y")) {
      WeightPlaces places = places("YOLOTORCH_WEIGHTS_URL", mirror);
      YoloException error =
          assertThrows(YoloException.InvalidArgument.class, () -> places.address(NAME));
      assertTrue(error.getMessage().contains("but was '" + mirror + "'"), error.getMessage());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "cache/yolotorch/weights"})
  void rememberedSumIsCompared(String place) throws IOException {
    WeightPlaces places = places("YOLOTORCH_WEIGHTS", folder.resolve("a").toString());
    Path file = put(place);
    Path sum = folder.resolve(place).resolve("yolo11n.pt.sha256");
    Sha256.remember(file, Sha256.of(file));
    assertEquals(Optional.of(file), WeightFiles.find(NAME, places));
    String remembered = Files.readString(sum);
    Files.writeString(file, "", java.nio.file.StandardOpenOption.TRUNCATE_EXISTING);
    assertChanged(places, "its SHA-256 is e3b0c44298fc... and not " + remembered.substring(0, 12));
    Files.writeString(sum, "<html>");
    assertChanged(places, "holds no SHA-256");
    Files.delete(sum);
    assertEquals(Optional.of(file), WeightFiles.find(NAME, places));
  }

  private static void assertChanged(WeightPlaces places, String part) {
    YoloException error =
        assertThrows(YoloException.CorruptModel.class, () -> WeightFiles.find(NAME, places));
    assertTrue(error.getMessage().contains(part), error.getMessage());
    assertThrows(YoloException.CorruptModel.class, () -> WeightFiles.locate(NAME, places));
  }
}
