// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.serve.internal.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The file of a version of a model as it was when it was looked at.
 *
 * @param size bytes
 * @param changed time of the last change, and what else tells a file from the one before it
 */
record ModelFile(Path file, long size, String changed) {
  /** Names that the file of a version may have; the first that is there counts. */
  private static final List<String> NAMES = List.of("model.pt", "model.torchscript", "model.mar");

  static ModelFile of(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    return new ModelFile(
        file, attributes.size(), attributes.lastModifiedTime() + " " + attributes.fileKey());
  }

  /** The versions in the folder of a model, the newest first. */
  static NavigableMap<Long, ModelFile> versions(Path folder) throws IOException {
    NavigableMap<Long, ModelFile> versions = new TreeMap<>(Comparator.reverseOrder());
    for (Path version : folders(folder)) {
      String name = version.getFileName().toString();
      if (!ModelName.isVersion(name)) {
        continue;
      }
      for (String candidate : NAMES) {
        Path file = version.resolve(candidate);
        if (Files.isRegularFile(file)) {
          versions.put(Long.parseLong(name), of(file));
          break;
        }
      }
    }
    return versions;
  }

  /** The folders in a folder by name; none if it is not there. */
  static List<Path> folders(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return Collections.emptyList();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(Files::isDirectory).sorted().toList();
    }
  }
}
