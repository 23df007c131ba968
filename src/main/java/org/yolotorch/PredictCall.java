// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.yolotorch.internal.Natives;

/** One prediction: options and pixel addresses in, packed numbers out, records from them. */
final class PredictCall {
  /** Numbers the native side takes a picture: address, width, height, row bytes, format. */
  private static final int IMAGE_NUMBERS = 5;

  private static final int HEADER_BYTES = 32;
  private static final int ROW_BYTES = 24;

  private PredictCall() {}

  static List<Result> run(
      long model, List<Image> images, PredictOptions options, ModelInfo info, BufferPool pool) {
    if (images.isEmpty()) {
      return List.of();
    }
    int count = images.size();
    int classCount = options.classes().size();
    ImageSize size = options.imgsz();
    CallBuffers buffers = pool.take();
    try {
      buffers.resize(count * IMAGE_NUMBERS, classCount, capacity(count, options.maxDet()));
      LongBuffer pictures = buffers.images();
      for (int i = 0; i < count; i++) {
        put(pictures, i * IMAGE_NUMBERS, images.get(i));
      }
      IntBuffer classes = buffers.classes(count * IMAGE_NUMBERS);
      for (int i = 0; i < classCount; i++) {
        classes.put(i, options.classes().get(i));
      }
      ByteBuffer out = buffers.out();
      long written =
          Natives.predict(
              model,
              pictures,
              count,
              size == null ? 0 : size.height(),
              size == null ? 0 : size.width(),
              options.conf(),
              options.iou(),
              options.maxDet(),
              options.agnosticNms(),
              classes,
              classCount,
              out,
              out.capacity());
      if (written < 0) {
        throw NativeModel.failure(written);
      }
      return unpack(out, images, info.names());
    } finally {
      pool.give(buffers);
      // The addresses above do not keep the pixel buffers alive; this does.
      Reference.reachabilityFence(images);
    }
  }

  private static void put(LongBuffer pictures, int at, Image image) {
    pictures.put(at, Natives.addressOf(image.pixels()));
    pictures.put(at + 1, image.width());
    pictures.put(at + 2, image.height());
    pictures.put(at + 3, image.rowBytes());
    pictures.put(at + 4, image.format().number());
  }

  private static int capacity(int count, int maxDet) {
    long bytes = HEADER_BYTES + count * (4L + (long) ROW_BYTES * maxDet);
    if (bytes > Integer.MAX_VALUE - 8) {
      throw new YoloException.InvalidArgument(
          "A batch must have room for its answer in 2 GiB, but "
              + count
              + " pictures with max_det "
              + maxDet
              + " need more; lower max_det or split the batch.");
    }
    return (int) bytes;
  }

  private static List<Result> unpack(
      ByteBuffer out, List<Image> images, Map<Integer, String> names) {
    int count = images.size();
    long nanos = out.getLong(0);
    Speed speed =
        new Speed(
            out.getFloat(8) / (double) count,
            out.getFloat(12) / (double) count,
            out.getFloat(16) / (double) count);
    ImageSize netSize = new ImageSize(out.getInt(20), out.getInt(24));
    List<Result> results = new ArrayList<>(count);
    int at = HEADER_BYTES;
    for (Image image : images) {
      int rows = out.getInt(at);
      at += 4;
      List<Box> boxes = new ArrayList<>(rows);
      for (int row = 0; row < rows; row++) {
        boxes.add(box(out, at, image, names));
        at += ROW_BYTES;
      }
      results.add(new Result(image, netSize, names, speed, boxes, nanos));
    }
    return results;
  }

  private static Box box(ByteBuffer out, int at, Image image, Map<Integer, String> names) {
    int classId = (int) out.getFloat(at + 20);
    String label = names.get(classId);
    return new Box(
        classId,
        label == null ? "class" + classId : label,
        out.getFloat(at + 16),
        new Xyxy(
            out.getFloat(at), out.getFloat(at + 4), out.getFloat(at + 8), out.getFloat(at + 12)),
        image.width(),
        image.height());
  }
}
