// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.source;

import java.nio.file.Path;
import java.util.Optional;
import org.yolotorch.Frame;
import org.yolotorch.Image;
import org.yolotorch.VideoFrame;
import org.yolotorch.YoloException;

/**
 * One entry of a source: a picture, a video, or something whose kind is detected when it is opened.
 */
interface Item {
  /** Name for messages. */
  String name();

  /** Whether it gives exactly one frame, as far as known before it is opened. */
  boolean isPicture();

  /**
   * Opens it anew.
   *
   * @param place where it stands in the source
   * @throws YoloException if it cannot be opened at all
   */
  Frames open(int place);

  /** A frame whose pixels are there already. */
  record Decoded(
      int index,
      int item,
      String name,
      Optional<Path> file,
      Optional<VideoFrame> video,
      Image image)
      implements Frame {
    @Override
    public Image read() {
      return image;
    }
  }

  /** Stands for an item that cannot be read; its {@code read()} throws the reason. */
  record Broken(int index, int item, String name, Optional<Path> file, YoloException failure)
      implements Frame {
    @Override
    public Image read() {
      throw failure;
    }
  }
}
