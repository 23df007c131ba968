// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.bridge;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;
import org.yolotorch.Image;
import org.yolotorch.PredictOptions;
import org.yolotorch.RawTensor;
import org.yolotorch.internal.DirectMemory;
import org.yolotorch.internal.Natives;

/** Calls that give tensors: what the network gives, and features of its layers. */
final class RawCall {
  /** Room for a few features; larger answers are fetched. */
  private static final int ROOM = 1 << 16;

  private final long model;
  private final ByteBuffer out = DirectMemory.allocate(ROOM, "The answer of a network");

  RawCall(long model) {
    this.model = model;
  }

  List<RawTensor> predict(List<Image> images, PredictOptions options) {
    try {
      return read(
          Natives.predictRaw(
              model,
              numbersOf(images),
              images.size(),
              height(options),
              width(options),
              options.conf(),
              options.iou(),
              options.maxDet(),
              flags(options),
              out,
              out.capacity()));
    } finally {
      // The addresses do not keep the pixel buffers alive; this does.
      Reference.reachabilityFence(images);
    }
  }

  List<RawTensor> predict(RawTensor input) {
    FloatBuffer given = input.buffer();
    FloatBuffer values = direct((long) given.remaining() * Float.BYTES).asFloatBuffer();
    values.put(given).flip();
    long[] shape = input.shape();
    LongBuffer sides = direct((long) shape.length * Long.BYTES).asLongBuffer();
    sides.put(shape).flip();
    return read(
        Natives.predictTensor(
            model, values, values.remaining(), sides, shape.length, out, out.capacity()));
  }

  RawTensor embed(List<Image> images, int[] layers, PredictOptions options) {
    IntBuffer wanted = direct((long) layers.length * Integer.BYTES).asIntBuffer();
    wanted.put(layers).flip();
    try {
      return read(Natives.embed(
              model,
              numbersOf(images),
              images.size(),
              height(options),
              width(options),
              flags(options),
              wanted,
              layers.length,
              out,
              out.capacity()))
          .get(0);
    } finally {
      Reference.reachabilityFence(images);
    }
  }

  /** Zero stands for the model's own. */
  private static int height(PredictOptions options) {
    return options.imgsz() == null ? 0 : options.imgsz().height();
  }

  private static int width(PredictOptions options) {
    return options.imgsz() == null ? 0 : options.imgsz().width();
  }

  private static int flags(PredictOptions options) {
    return (options.rect() ? Natives.kFlagRect : 0)
        | (options.agnosticNms() ? Natives.kFlagAgnosticNms : 0);
  }

  private static LongBuffer numbersOf(List<Image> images) {
    LongBuffer numbers =
        direct((long) images.size() * Natives.kImageNumbers * Long.BYTES).asLongBuffer();
    for (int i = 0; i < images.size(); i++) {
      PredictCall.put(numbers, i * Natives.kImageNumbers, images.get(i));
    }
    return numbers;
  }

  private static ByteBuffer direct(long bytes) {
    return DirectMemory.allocate((int) Math.min(bytes, Integer.MAX_VALUE), "A network's input");
  }

  private List<RawTensor> read(long written) {
    if (written < 0) {
      throw NativeModel.failure(written);
    }
    ByteBuffer in =
        (written <= out.capacity() ? out : PredictCall.fetch(out, written))
            .duplicate()
            .order(ByteOrder.nativeOrder());
    in.rewind();
    List<RawTensor> tensors = new ArrayList<>();
    for (int left = in.getInt(); left > 0; left--) {
      long[] shape = new long[in.getInt()];
      long count = 1;
      for (int i = 0; i < shape.length; i++) {
        shape[i] = in.getLong();
        count *= shape[i];
      }
      float[] values = new float[(int) count];
      in.asFloatBuffer().get(values);
      in.position(in.position() + values.length * Float.BYTES);
      tensors.add(RawTensor.of(values, shape));
    }
    return List.copyOf(tensors);
  }
}
