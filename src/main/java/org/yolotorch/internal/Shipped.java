// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.javacpp.Loader;
import org.yolotorch.YoloException;

/** Files that come with the library, so that it does something useful without a network. */
public final class Shipped {
  /** A YOLO11n that finds 1D and 2D codes. */
  public static final String MODEL = "yolo11n-codes.pt";

  /** A picture with such codes. */
  public static final String PICTURE = "codes.jpg";

  /** The names of all models. */
  public static final List<String> MODELS = List.of(MODEL);

  private Shipped() {}

  /**
   * The file of a name, copied out of the jar into the folder of the native libraries if it lies in
   * one. Its path stays the same until another version of the library is used.
   *
   * @throws YoloException.WriteFailed if it cannot be copied
   */
  public static Path file(String name) {
    URL url = Shipped.class.getResource("/org/yolotorch/shipped/" + name);
    if (url == null) {
      throw new YoloException.NotFound(
          "'"
              + name
              + "' was expected in the jar of yolotorch, but is not in it; use the jar as it was"
              + " built.");
    }
    try {
      if (url.getProtocol().equals("file")) {
        return Path.of(URI.create(url.toString()));
      }
      NativeLoader.prepare();
      return Loader.cacheResource(url).toPath();
    } catch (IOException e) {
      throw new YoloException.WriteFailed(
          "'"
              + name
              + "' was expected to be copied out of the jar of yolotorch, but was not ("
              + e
              + "); free some room, or "
              + NativeFolder.remedy(),
          e);
    }
  }
}
