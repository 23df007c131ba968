// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import java.nio.file.Path;
import java.util.Optional;

/** One picture of a {@link Source}, or one frame of a video in it. */
public interface Frame {
  /** Index of this frame in the source, from 0. */
  int index();

  /** Index of its file or address among those of the source, from 0. */
  default int item() {
    return index();
  }

  /** Name of the picture for messages: the absolute path of its file, or its web address. */
  String name();

  /** File of the picture or video, if it comes from a file. */
  Optional<Path> file();

  /** Position in its video, if it is a frame of a video. */
  default Optional<VideoFrame> video() {
    return Optional.empty();
  }

  /**
   * The pixels. A picture file is decoded by every call; a frame of a video was decoded when the
   * source gave it.
   *
   * @throws org.yolotorch.YoloException.NotFound if the file is gone
   * @throws org.yolotorch.YoloException.InvalidImage if it cannot be decoded; the next frames of
   *     the source are not affected
   * @throws org.yolotorch.YoloException.DownloadFailed if a web address gives no picture
   * @throws org.yolotorch.YoloException.NativeLibrary if it is a video, and FFmpeg is not there
   */
  Image read();
}
