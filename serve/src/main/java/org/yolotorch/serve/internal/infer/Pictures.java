// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.serve.internal.infer;

import java.awt.Dimension;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.yolotorch.Image;
import org.yolotorch.ImageLimits;
import org.yolotorch.YoloException;
import org.yolotorch.serve.internal.http.Deadline;
import org.yolotorch.serve.internal.http.HttpFailure;

/**
 * Decodes pictures, as many at a time as there are cores, and as much as memory allows.
 * Thread-safe.
 */
public final class Pictures {
  /** Memory of a pixel, in part of Java's heap: 3 bytes in it and 3 beside it while it is read. */
  private static final int HEAP_BYTES_PER_PIXEL = 8;

  private static final int PIXELS_PER_PERMIT = 1024;

  private final ImageLimits limits;
  private final int permits;
  private final Semaphore memory;
  private final Semaphore cores;

  /** Pictures of at most so many pixels, in files of at most so many bytes. */
  public Pictures(int maxPixels, int maxBytes) {
    this.limits = ImageLimits.builder().maxPixels(maxPixels).maxFileBytes(maxBytes).build();
    long pixels = Runtime.getRuntime().maxMemory() / HEAP_BYTES_PER_PIXEL;
    this.permits = (int) Math.min(Integer.MAX_VALUE, Math.max(1, pixels / PIXELS_PER_PERMIT));
    this.memory = new Semaphore(permits, true);
    this.cores = new Semaphore(Runtime.getRuntime().availableProcessors(), true);
  }

  /** Pictures in memory until they are closed. */
  final class Decoded implements AutoCloseable {
    private final int taken;
    private final List<Image> images = new ArrayList<>();
    private long nanos;

    private Decoded(int taken) {
      this.taken = taken;
    }

    List<Image> images() {
      return images;
    }

    /** Time of decoding, without that of waiting for it. */
    long nanos() {
      return nanos;
    }

    @Override
    public void close() {
      memory.release(taken);
    }
  }

  /**
   * Decodes the pictures of a request.
   *
   * @throws HttpFailure if they must wait until the time is over
   * @throws YoloException if one cannot be decoded
   */
  Decoded decode(List<byte[]> encoded, Deadline deadline) throws IOException {
    long pixels = 0;
    for (byte[] bytes : encoded) {
      deadline.check();
      Dimension size = Image.sizeOf(new ByteArrayInputStream(bytes), limits);
      pixels += (long) size.width * size.height;
    }
    checkPixels(pixels);
    int wanted = (int) Math.min(permits, pixels / PIXELS_PER_PERMIT + 1);
    take(memory, wanted, deadline);
    Decoded decoded = new Decoded(wanted);
    try {
      for (byte[] bytes : encoded) {
        deadline.check();
        take(cores, 1, deadline);
        long start = System.nanoTime();
        try {
          decoded.images.add(read(bytes, deadline));
        } finally {
          cores.release();
          decoded.nanos += System.nanoTime() - start;
        }
      }
      return decoded;
    } catch (IOException | RuntimeException | Error e) {
      decoded.close();
      throw e;
    }
  }

  private Image read(byte[] bytes, Deadline deadline) throws IOException {
    Duration left = deadline.left();
    ImageLimits inTime =
        left.compareTo(limits.decodeTime()) < 0
            ? new ImageLimits(limits.maxFileBytes(), limits.maxPixels(), limits.maxSide(), left)
            : limits;
    try {
      return Image.read(new ByteArrayInputStream(bytes), inTime);
    } catch (YoloException e) {
      // A picture that takes longer than the rest of the time is not wrong in itself.
      deadline.check();
      throw e;
    }
  }

  private static void take(Semaphore semaphore, int number, Deadline deadline) {
    try {
      if (!semaphore.tryAcquire(number, deadline.left().toNanos(), TimeUnit.NANOSECONDS)) {
        throw deadline.over();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HttpFailure(503, "stopped", "The server stops; send the request to another one.");
    }
  }

  /** Throws if the pixels of a request are more than those of the largest picture. */
  void checkPixels(long pixels) {
    if (pixels > limits.maxPixels()) {
      throw HttpFailure.badRequest(
          "The pixels of a request must be at most "
              + limits.maxPixels()
              + ", but are "
              + pixels
              + "; send fewer, or start the server with a larger max_pixels.");
    }
  }
}
