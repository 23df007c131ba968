// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import org.yolotorch.YoloException;

/** Reads whole model files from streams and from the class path. */
public final class ModelBytes {
  private ModelBytes() {}

  /**
   * Reads a stream to its end; it stays open.
   *
   * @throws YoloException.OutOfMemory if the file does not fit into Java's heap
   * @throws IOException if the stream fails
   */
  public static byte[] read(InputStream stream, String name) throws IOException {
    try {
      return stream.readAllBytes();
    } catch (OutOfMemoryError e) {
      throw new YoloException.OutOfMemory(
          "The model '"
              + name
              + "' must fit into Java's heap to be read from a stream, but does not; start Java"
              + " with a larger -Xmx or load it from a file.",
          e);
    }
  }

  /**
   * Reads a file.
   *
   * @throws YoloException.NotFound if there is no such file
   * @throws YoloException.CorruptModel if it cannot be read to its end
   * @throws YoloException.OutOfMemory if it does not fit into Java's heap
   */
  public static byte[] readFile(String path) {
    try (InputStream stream = Files.newInputStream(PathText.of(path))) {
      return read(stream, path);
    } catch (NoSuchFileException e) {
      throw new YoloException.NotFound(
          "A model file was expected at '"
              + path
              + "', but there is none; check the path, which an architecture by name has not.",
          e);
    } catch (IOException e) {
      throw new YoloException.CorruptModel(
          "The model file '" + path + "' must be readable to its end, but was not; check it.", e);
    }
  }

  /**
   * Reads a resource of a class.
   *
   * @throws YoloException.NotFound if there is no such resource
   * @throws YoloException.CorruptModel if it cannot be read to its end
   */
  public static byte[] readResource(Class<?> owner, String resource) {
    try (InputStream stream = owner.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new YoloException.NotFound(
            "A model was expected at the resource '"
                + resource
                + "' of "
                + owner.getName()
                + ", but there is none; check the name and the class path.");
      }
      return read(stream, resource);
    } catch (IOException e) {
      throw new YoloException.CorruptModel(
          "The resource '" + resource + "' must be readable to its end, but was not; rebuild it.",
          e);
    }
  }
}
