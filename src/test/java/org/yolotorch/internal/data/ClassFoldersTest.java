// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.yolotorch.YoloException;

class ClassFoldersTest extends DataCase {
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

  @Test
  void hiddenFoldersAreNoClasses() throws IOException {
    write("classes/val/.ipynb_checkpoints/a.jpg", "");
    write("classes/val/dog/._a.jpg", "");
    write("classes/val/dog/a.jpg", "");
    assertEquals(List.of(0), ids(folder.resolve("classes"), "val", Map.of(0, "dog", 1, "cat")));
  }
}
