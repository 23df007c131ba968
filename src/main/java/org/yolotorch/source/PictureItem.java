// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.source;

import java.nio.file.Path;
import java.util.Optional;
import org.yolotorch.Frame;
import org.yolotorch.Image;
import org.yolotorch.ImageLimits;
import org.yolotorch.internal.PathText;

/** A picture file, opened and closed by the read of its frame. */
record PictureItem(Path path, ImageLimits limits) implements Item {
  @Override
  public String name() {
    return PathText.of(path);
  }

  @Override
  public boolean isPicture() {
    return true;
  }

  @Override
  public Frames open(int place) {
    return new Frames() {
      private boolean taken;

      @Override
      public Frame next(int index) {
        if (taken) {
          return null;
        }
        taken = true;
        return new PictureFrame(index, place, path, limits);
      }

      @Override
      public void close() {
        // Nothing is held open.
      }
    };
  }

  private record PictureFrame(int index, int item, Path path, ImageLimits limits) implements Frame {
    @Override
    public String name() {
      return PathText.of(path);
    }

    @Override
    public Optional<Path> file() {
      return Optional.of(path);
    }

    @Override
    public Image read() {
      return Image.read(path, limits);
    }
  }
}
