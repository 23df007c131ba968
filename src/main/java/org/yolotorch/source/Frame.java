// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.source;

import java.nio.file.Path;
import java.util.Optional;
import org.yolotorch.Image;

/** One picture of a {@link Source}, not decoded yet. */
public interface Frame {
  /** Place in the source, from 0. */
  int index();

  /** What to call the picture in a message: the absolute path of a file. */
  String name();

  /** The file it is in, if it is a file. */
  Optional<Path> file();

  /**
   * Decodes the picture; every call decodes anew.
   *
   * @throws org.yolotorch.YoloException.NotFound if the file is gone
   * @throws org.yolotorch.YoloException.InvalidImage if it cannot be decoded; the next frames of
   *     the source are not affected
   */
  Image read();
}
