// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.source;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.yolotorch.Frame;
import org.yolotorch.Image;
import org.yolotorch.YoloException;

/**
 * Bytes that come from elsewhere, all at once: a picture, or a video, which FFmpeg wants as file.
 */
final class FetchedItem implements Item {
  private final String name;
  private final Fetch fetch;
  private final SourceOptions options;

  /** Gets the bytes. */
  interface Fetch {
    byte[] bytes();
  }

  FetchedItem(String name, Fetch fetch, SourceOptions options) {
    this.name = name;
    this.fetch = fetch;
    this.options = options;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean isPicture() {
    return false;
  }

  @Override
  public Frames open(int place) {
    byte[] bytes = fetch.bytes();
    return VideoFile.isVideo(bytes) ? video(bytes, place) : new OnePicture(bytes, place);
  }

  private Frames video(byte[] bytes, int place) {
    try {
      Path file = Files.createTempFile("yolotorch", ".video");
      try {
        Files.write(file, bytes);
        Frames frames = new VideoItem(file, name, false, options.vidStride()).open(place);
        return new Frames() {
          @Override
          public Frame next(int index) {
            return frames.next(index);
          }

          @Override
          public void close() {
            frames.close();
            file.toFile().delete();
          }
        };
      } catch (IOException | RuntimeException | Error e) {
        file.toFile().delete();
        throw e;
      }
    } catch (IOException e) {
      throw new YoloException.WriteFailed(
          "The video '"
              + name
              + "' must be kept in the folder of temporary files, but that failed ("
              + e.getMessage()
              + "); free some space there.",
          e);
    }
  }

  private final class OnePicture implements Frames {
    private final int place;
    private byte[] bytes;

    OnePicture(byte[] bytes, int place) {
      this.bytes = bytes;
      this.place = place;
    }

    @Override
    public Frame next(int index) {
      if (bytes == null) {
        return null;
      }
      byte[] encoded = bytes;
      bytes = null;
      try {
        Image image = Image.read(new ByteArrayInputStream(encoded), options.limits());
        return new Decoded(index, place, name, Optional.empty(), Optional.empty(), image);
      } catch (YoloException.InvalidImage e) {
        throw new YoloException.InvalidImage(
            e.getMessage().replace("the stream", "'" + name + "'"), e);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public void close() {
      bytes = null;
    }
  }
}
