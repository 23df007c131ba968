// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.isolated;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.yolotorch.Image;
import org.yolotorch.ImageSize;
import org.yolotorch.MaskFrame;
import org.yolotorch.PixelFormat;
import org.yolotorch.PredictOptions;
import org.yolotorch.internal.DirectMemory;

/** What crosses the pipe between a program and the process of its isolated model. */
final class Wire {
  /** Requests. */
  static final int PREDICT = 1;

  static final int OPTIMIZATIONS = 2;

  /** How an answer begins: bytes follow, or the number of a cause and its sentence. */
  static final int ANSWER = 0;

  static final int FAILURE = 1;

  /** A failure after which the process ends. */
  static final int LAST_FAILURE = 2;

  /** The longest answer that is believed. */
  private static final int MAX_ANSWER = 1 << 30;

  private static final int CHUNK = 1 << 16;

  private Wire() {}

  /** A batch; options without class names, tiles and timeout, which the program sees to. */
  record Batch(List<Image> images, PredictOptions options, boolean measuring) {}

  static void write(DataOutputStream out, Batch batch) throws IOException {
    PredictOptions options = batch.options();
    ImageSize size = options.imgsz();
    out.writeDouble(options.conf());
    out.writeDouble(options.iou());
    out.writeInt(options.maxDet());
    out.writeInt(size == null ? 0 : size.height());
    out.writeInt(size == null ? 0 : size.width());
    out.writeBoolean(options.agnosticNms());
    out.writeBoolean(options.retinaMasks());
    out.writeBoolean(options.rect());
    out.writeBoolean(batch.measuring());
    out.writeInt(options.maskFrame().ordinal());
    out.writeInt(options.classes().size());
    for (int id : options.classes()) {
      out.writeInt(id);
    }
    out.writeInt(batch.images().size());
    for (Image image : batch.images()) {
      write(out, image);
    }
    out.flush();
  }

  private static void write(DataOutputStream out, Image image) throws IOException {
    ByteBuffer pixels = image.pixels().duplicate();
    out.writeInt(image.width());
    out.writeInt(image.height());
    out.writeInt(image.rowBytes());
    out.writeInt(image.format().ordinal());
    out.writeInt(image.samplesPerPixel());
    out.writeInt(pixels.remaining());
    byte[] chunk = new byte[Math.min(CHUNK, pixels.remaining())];
    while (pixels.hasRemaining()) {
      int count = Math.min(chunk.length, pixels.remaining());
      pixels.get(chunk, 0, count);
      out.write(chunk, 0, count);
    }
  }

  static Batch readBatch(DataInputStream in) throws IOException {
    PredictOptions.Builder options =
        PredictOptions.builder().conf(in.readDouble()).iou(in.readDouble()).maxDet(in.readInt());
    int height = in.readInt();
    int width = in.readInt();
    if (height != 0) {
      options.imgsz(new ImageSize(height, width));
    }
    options.agnosticNms(in.readBoolean()).retinaMasks(in.readBoolean()).rect(in.readBoolean());
    boolean measuring = in.readBoolean();
    options.maskFrame(MaskFrame.values()[in.readInt()]);
    int[] classes = new int[in.readInt()];
    for (int i = 0; i < classes.length; i++) {
      classes[i] = in.readInt();
    }
    options.classes(classes);
    List<Image> images = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      images.add(readImage(in));
    }
    return new Batch(images, options.build(), measuring);
  }

  private static Image readImage(DataInputStream in) throws IOException {
    int width = in.readInt();
    int height = in.readInt();
    int rowBytes = in.readInt();
    PixelFormat format = PixelFormat.values()[in.readInt()];
    int channels = in.readInt();
    ByteBuffer pixels = readBuffer(in, "A picture");
    return format == PixelFormat.CHANNELS
        ? Image.ofChannels(pixels, width, height, channels, rowBytes)
        : Image.of(pixels, width, height, format, rowBytes);
  }

  /** Bytes of the program: their number, then as many. */
  static ByteBuffer readBuffer(DataInputStream in, String what) throws IOException {
    ByteBuffer buffer = DirectMemory.allocate(in.readInt(), what);
    byte[] chunk = new byte[Math.min(CHUNK, buffer.capacity())];
    while (buffer.hasRemaining()) {
      int count = Math.min(chunk.length, buffer.remaining());
      in.readFully(chunk, 0, count);
      buffer.put(chunk, 0, count);
    }
    return buffer.flip();
  }

  static void write(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  static void write(DataOutputStream out, String text) throws IOException {
    write(out, text.getBytes(StandardCharsets.UTF_8));
  }

  static String readText(DataInputStream in) throws IOException {
    return new String(readBytes(in), StandardCharsets.UTF_8);
  }

  /** Bytes of a process that is not trusted: memory is taken as they come. */
  static byte[] readBytes(DataInputStream in) throws IOException {
    int count = in.readInt();
    if (count < 0 || count > MAX_ANSWER) {
      throw new IOException("a length of " + count);
    }
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new IOException("an answer that is cut off");
    }
    return bytes;
  }
}
