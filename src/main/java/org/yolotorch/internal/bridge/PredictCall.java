// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.bridge;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.List;
import java.util.function.Function;
import org.yolotorch.ErrorCode;
import org.yolotorch.Image;
import org.yolotorch.ImageSize;
import org.yolotorch.MaskFrame;
import org.yolotorch.ModelInfo;
import org.yolotorch.PixelFormat;
import org.yolotorch.PredictOptions;
import org.yolotorch.Task;
import org.yolotorch.YoloException;
import org.yolotorch.internal.Count;
import org.yolotorch.internal.Deadline;
import org.yolotorch.internal.Natives;

/** One prediction: options and pixel addresses in, packed numbers out, records from them. */
public final class PredictCall {
  /** Initial room for the masks of a picture, whose size depends on the objects. */
  private static final int MASK_BYTES = 1 << 20;

  private PredictCall() {}

  static <T> T run(
      long model,
      List<Image> images,
      PredictOptions options,
      ModelInfo info,
      boolean measuring,
      Deadline deadline,
      BufferPool pool,
      Function<ByteBuffer, T> reader) {
    int count = images.size();
    int classCount = options.classes().size();
    BatchInput input = BatchInput.fit(images, options, info, measuring);
    ImageSize size = input.size();
    CallBuffers buffers = pool.take();
    CallStop stop = new CallStop(buffers, deadline);
    try {
      buffers.resize(count * Natives.kImageNumbers, classCount, capacity(count, options, info));
      LongBuffer pictures = buffers.images();
      for (int i = 0; i < count; i++) {
        put(pictures, i * Natives.kImageNumbers, images.get(i));
      }
      IntBuffer classes = buffers.classes(count * Natives.kImageNumbers);
      for (int i = 0; i < classCount; i++) {
        classes.put(i, options.classes().get(i));
      }
      ByteBuffer out = buffers.out();
      deadline.check();
      long written;
      stop.enter();
      try {
        written =
            Natives.predict(
                model,
                pictures,
                count,
                size == null ? 0 : size.height(),
                size == null ? 0 : size.width(),
                options.conf(),
                options.iou(),
                options.maxDet(),
                flags(options, measuring),
                input.valSide(),
                classes,
                classCount,
                buffers.stop(),
                out,
                out.capacity());
      } finally {
        stop.leave();
      }
      if (written == -ErrorCode.CANCELLED.number()) {
        throw stop.reason();
      }
      if (written < 0) {
        throw NativeModel.failure(written);
      }
      ByteBuffer answer = written <= out.capacity() ? out : fetch(out, written);
      return reader.apply(answer.duplicate().limit((int) written));
    } catch (OutOfMemoryError e) {
      throw new YoloException.OutOfMemory(
          "The results of a batch must fit into Java's memory, but those of "
              + Count.of(count, "picture")
              + " did not; split the batch, lower max_det or start Java with a larger"
              + " -Xmx.",
          e);
    } finally {
      pool.give(buffers);
      // The addresses above do not keep the pixel buffers alive; this does.
      Reference.reachabilityFence(images);
    }
  }

  public static void put(LongBuffer pictures, int at, Image image) {
    pictures.put(at, Natives.addressOf(image.pixels()));
    pictures.put(at + 1, image.width());
    pictures.put(at + 2, image.height());
    pictures.put(at + 3, image.rowBytes());
    pictures.put(at + 4, number(image.format()));
    pictures.put(at + 5, image.samplesPerPixel());
  }

  /** The number the native side knows a format by. */
  private static int number(PixelFormat format) {
    return switch (format) {
      case RGB -> 0;
      case BGR -> 1;
      case RGBA -> 2;
      case BGRA -> 3;
      case ARGB -> 4;
      case ABGR -> 5;
      case GRAY -> 6;
      case CHANNELS -> 7;
    };
  }

  private static int flags(PredictOptions options, boolean measuring) {
    return (options.agnosticNms() ? Natives.kFlagAgnosticNms : 0)
        | (options.rect() ? Natives.kFlagRect : 0)
        | (options.retinaMasks() ? Natives.kFlagRetinaMasks : 0)
        | (options.maskFrame() == MaskFrame.NETWORK ? Natives.kFlagNetworkMasks : 0)
        | (options.maskFrame() == MaskFrame.QUARTER ? Natives.kFlagPrototypeMasks : 0)
        | (measuring ? Natives.kFlagMultiLabel | Natives.kFlagValLetterbox : 0);
  }

  /** Bytes for the largest possible answer, or, if that is too large, for a usual one. */
  private static int capacity(int count, PredictOptions options, ModelInfo info) {
    long values =
        switch (info.task()) {
          case DETECT, SEGMENT -> 6L * options.maxDet();
          case POSE -> (6L + (long) info.keypoints() * info.keypointValues()) * options.maxDet();
          case OBB -> 7L * options.maxDet();
          case CLASSIFY -> info.names().size();
        };
    long masks = info.task() == Task.SEGMENT ? MASK_BYTES : 0;
    long bytes = Natives.kHeaderBytes + count * (Integer.BYTES + values * Float.BYTES + masks);
    return (int) Math.min(bytes, BufferPool.KEPT_BYTES / 2);
  }

  /** Fetches an answer that did not fit; {@code out} holds its ticket. */
  static ByteBuffer fetch(ByteBuffer out, long bytes) {
    ByteBuffer large = allocate(bytes);
    // Taken in any case: the native side keeps it until then.
    long taken =
        large == null
            ? Natives.takeResult(out.getLong(0), out, 0)
            : Natives.takeResult(out.getLong(0), large, bytes);
    if (taken < 0) {
      throw NativeModel.failure(taken);
    }
    if (large == null) {
      throw new YoloException.OutOfMemory(
          "An answer must fit into one direct buffer, but "
              + bytes
              + " bytes do not; lower max_det, split the batch or start Java with a larger"
              + " -XX:MaxDirectMemorySize.");
    }
    return large;
  }

  /** A buffer, or null if there cannot be one of this size. */
  private static ByteBuffer allocate(long bytes) {
    if (bytes > Integer.MAX_VALUE - 8) {
      return null;
    }
    try {
      return ByteBuffer.allocateDirect((int) bytes).order(ByteOrder.nativeOrder());
    } catch (OutOfMemoryError e) {
      return null;
    }
  }
}
