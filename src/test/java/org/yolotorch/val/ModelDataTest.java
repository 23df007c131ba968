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
import org.yolotorch.ImageSize;
import org.yolotorch.ModelInfo;
import org.yolotorch.Task;
import org.yolotorch.YoloException;
import org.yolotorch.internal.data.DataPlaces;

class ModelDataTest {
  @TempDir Path folder;

  private final List<String> warnings = new ArrayList<>();

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
    Files.writeString(Files.createDirectories(folder.resolve("images")).resolve("a.jpg"), "");
    labels("0 0.5 0.5 0.2 0.4\n2 0.5 0.5 0.2 0.4\n");
  }

  private void labels(String text) throws IOException {
    Files.writeString(Files.createDirectories(folder.resolve("labels")).resolve("a.txt"), text);
  }

  private ModelData open(ModelInfo info, String yaml, int... classes) throws IOException {
    Path file = Files.writeString(folder.resolve("data.yaml"), "val: images\n" + yaml + "\n");
    ValOptions options = ValOptions.builder(file).classes(classes).build();
    return ModelData.open(options, info, new DataPlaces(folder, Map.of()), warnings::add);
  }

  @Test
  void aModelMayHaveMoreClasses() throws IOException {
    ModelData data =
        open(info(Task.DETECT, "person", "bicycle", "car", "bus"), "names: [human, bicycle, car]");
    assertEquals(Map.of(0, "human", 1, "bicycle", 2, "car", 3, "bus"), data.names());
    assertEquals(2, data.set().items().get(0).labels().size());
    assertEquals(List.of(), warnings);
  }

  @Test
  void aDataSetMayHaveMoreClasses() throws IOException {
    ModelInfo model = info(Task.DETECT, "cat", "dog");
    String yaml = "names: [cat, dog, cow]";
    ModelData data = open(model, yaml);
    assertEquals(Map.of(0, "cat", 1, "dog", 2, "cow"), data.names());
    assertEquals(2, data.set().items().get(0).labels().size());
    assertEquals(1, warnings.size());
    assertTrue(
        warnings.get(0).startsWith("Labels of the model's 2 classes were expected, but 1 label of"),
        warnings.get(0));
    assertTrue(warnings.get(0).contains("such as 2 'cow'; they count as not found"));
    warnings.clear();
    open(model, yaml, 0, 1);
    labels("0 0.5 0.5 0.2 0.4");
    open(model, yaml);
    assertEquals(List.of(), warnings);
  }

  @Test
  void classesUnderOtherIdsAreTold() throws IOException {
    open(info(Task.DETECT, "person", "bicycle", "car"), "names: [car, bicycle, bus]");
    assertEquals(1, warnings.size());
    assertTrue(
        warnings.get(0).contains("class 0 of '")
            && warnings.get(0).contains("'car', is class 2 of the model"),
        warnings.get(0));
  }

  @Test
  void asOneClassAnyIdWillDo() throws IOException {
    Path file = Files.writeString(folder.resolve("data.yaml"), "val: images\nnames: [object]\n");
    ValOptions options = ValOptions.builder(file).singleCls(true).build();
    ModelInfo model = info(Task.DETECT, "cat", "dog");
    DataPlaces places = new DataPlaces(folder, Map.of());
    ModelData data = ModelData.open(options, model, places, warnings::add);
    assertEquals(2, data.set().items().get(0).labels().size());
    assertEquals(List.of(), warnings);
  }

  @Test
  void keypointsThatDisagreeAreRefused() {
    ModelInfo model = info(Task.POSE, "cat", "dog");
    String message =
        assertThrows(
                YoloException.InvalidData.class,
                () -> open(model, "names: [cat, dog]\nkpt_shape: [17, 3]"))
            .getMessage();
    assertTrue(message.contains("kpt_shape [2, 3]") && message.contains("[17, 3]"), message);
  }
}
