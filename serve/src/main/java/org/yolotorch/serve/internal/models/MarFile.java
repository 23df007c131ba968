// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.serve.internal.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.yolotorch.YoloException;

/**
 * The model in an archive of TorchServe: a zip file whose {@code MAR-INF/MANIFEST.json} names the
 * file of the model. Its Python code is left alone.
 *
 * @param name name of the model's file
 * @param bytes the file
 */
record MarFile(String name, byte[] bytes) {
  private static final String MANIFEST = "MAR-INF/MANIFEST.json";
  private static final int MAX_MANIFEST_BYTES = 1 << 20;
  private static final int MAX_MODEL_BYTES = 1 << 30;

  static boolean isMar(Path file) {
    return file.getFileName().toString().endsWith(".mar");
  }

  static MarFile read(Path file) {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      JsonNode manifest =
          new ObjectMapper().readTree(entry(zip, file, MANIFEST, MAX_MANIFEST_BYTES));
      String name = manifest.path("model").path("serializedFile").asText();
      if (name.isEmpty()) {
        throw corrupt(file, "its manifest names no file of a model", null);
      }
      return new MarFile(name, entry(zip, file, name, MAX_MODEL_BYTES));
    } catch (IOException e) {
      throw corrupt(file, "it cannot be read (" + e.getMessage() + ")", e);
    }
  }

  private static byte[] entry(ZipFile zip, Path file, String name, int most) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw corrupt(file, "it has no '" + name + "'", null);
    }
    try (InputStream stream = zip.getInputStream(entry)) {
      byte[] bytes = stream.readNBytes(most + 1);
      if (bytes.length > most) {
        throw corrupt(file, "its '" + name + "' has more than " + (most >> 20) + " MiB", null);
      }
      return bytes;
    }
  }

  private static YoloException corrupt(Path file, String reason, IOException cause) {
    return new YoloException.CorruptModel(
        "A TorchServe archive with a TorchScript model was expected, but '"
            + file.getFileName()
            + "' is none: "
            + reason
            + "; make it again with torch-model-archiver.",
        cause);
  }
}
