// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.yolotorch.Yolo;

/** Data sets for tests. */
public final class DataFiles {
  private DataFiles() {}

  /** A data.yaml in {@code folder} of pictures elsewhere. */
  public static Path write(Path folder, Path root, String pictures, Map<Integer, String> names)
      throws IOException {
    String text =
        names.entrySet().stream()
            .map(entry -> "  " + entry.getKey() + ": \"" + entry.getValue() + "\"\n")
            .collect(Collectors.joining());
    return Files.write(
        folder.resolve("data.yaml"),
        List.of("path: " + root, "train: nowhere", "val: " + pictures, "names:\n" + text));
  }

  /** That of coco128. */
  public static Path coco128(Path folder, Yolo model) throws IOException {
    Path root = Assets.get("images/coco128").getParent().getParent();
    return write(folder, root, "images/coco128", model.info().names());
  }
}
