// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.source;

import java.nio.file.Path;
import java.util.Optional;
import org.yolotorch.Frame;
import org.yolotorch.VideoFrame;
import org.yolotorch.YoloException;
import org.yolotorch.internal.Count;
import org.yolotorch.internal.Ffmpeg;

/** A video file. */
record VideoItem(Path path, String name, boolean isFile, int stride) implements Item {
  @Override
  public boolean isPicture() {
    return false;
  }

  @Override
  public Frames open(int place) {
    Ffmpeg.load();
    return new VideoFrames(new VideoReader(path, name), place);
  }

  private final class VideoFrames implements Frames {
    private final VideoReader reader;
    private final int place;
    private boolean any;
    private boolean ended;

    VideoFrames(VideoReader reader, int place) {
      this.reader = reader;
      this.place = place;
    }

    @Override
    public Frame next(int index) {
      int skip = any ? stride : 1;
      for (int i = 0; i < skip && !ended; i++) {
        ended = !reader.advance();
      }
      if (!ended) {
        any = true;
        VideoFrame at = reader.place();
        Optional<Path> file = isFile ? Optional.of(path) : Optional.empty();
        return new Decoded(index, place, name, file, Optional.of(at), reader.image());
      }
      if (any && reader.damaged() == 0) {
        return null;
      }
      throw new YoloException.InvalidImage(
          any
              ? "A sound video was expected, but '"
                  + name
                  + "' is damaged in "
                  + Count.of(reader.damaged(), "place")
                  + ", whose frames are missing or wrong; replace it."
              : "A video was expected, but '" + name + "' holds no frame; replace it.");
    }

    @Override
    public void close() {
      reader.close();
    }
  }
}
