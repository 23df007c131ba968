// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.yolotorch.VideoFrame;
import org.yolotorch.YoloException;
import org.yolotorch.internal.WholeFile;
import org.yolotorch.render.VideoWriter;

/** An annotated video; it appears when it is closed. */
final class VideoFile implements AutoCloseable {
  private final Path file;
  private final Path part;
  private final VideoWriter writer;
  private boolean damaged;

  VideoFile(Path file, BufferedImage first, VideoFrame at, int stride) {
    this.file = file;
    this.part = WholeFile.part(file);
    try {
      this.writer = new VideoWriter(part, first.getWidth(), first.getHeight(), at.rate() / stride);
    } catch (YoloException.WriteFailed e) {
      WholeFile.discard(part);
      throw shown(e);
    } catch (RuntimeException | Error e) {
      WholeFile.discard(part);
      throw e;
    }
  }

  /** The failure as one of the video, not of the file that becomes it. */
  private YoloException shown(YoloException.WriteFailed e) {
    String message = e.getMessage().replace(part.toString(), file.toString());
    return new YoloException.WriteFailed(message, e.getCause());
  }

  void add(BufferedImage picture, VideoFrame at) {
    try {
      writer.write(picture, at.micros());
    } catch (YoloException.WriteFailed e) {
      damaged = true;
      throw shown(e);
    } catch (RuntimeException | Error e) {
      damaged = true;
      throw e;
    }
  }

  /** Completes the video and puts it into its place, unless a frame could not be written. */
  @Override
  public void close() {
    try {
      if (damaged) {
        closeDamaged();
      } else {
        writer.close();
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (YoloException.WriteFailed e) {
      throw shown(e);
    } catch (IOException e) {
      throw RunFiles.failed(file, e);
    } finally {
      WholeFile.discard(part);
    }
  }

  private void closeDamaged() {
    try {
      writer.close();
    } catch (RuntimeException e) {
      // The first failure is the one to report.
    }
  }
}
