// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.image;

import java.awt.Dimension;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import org.yolotorch.ImageLimits;
import org.yolotorch.YoloException;
import org.yolotorch.internal.DirectMemory;

/**
 * Decodes pictures: detects the format, reads the pixels and applies the EXIF orientation. The
 * bytes are untrusted, so every failure becomes a {@link YoloException}.
 */
public final class ImageDecoder {
  private static final int LONGEST_REASON = 200;
  private static final int DEEPEST_CAUSE = 10;

  private final String name;
  private final ImageLimits limits;
  private final TimeLimit time;

  private ImageDecoder(String name, ImageLimits limits, LongSupplier nanoTime) {
    this.name = name;
    this.limits = limits;
    this.time = new TimeLimit(name, limits.decodeTime(), nanoTime);
  }

  public static DecodedImage read(Path file, ImageLimits limits) {
    String name = "'" + file + "'";
    byte[] bytes = bytes(file, name, limits);
    return decode(bytes, name, limits, System::nanoTime, ImageDecoder::decode);
  }

  /** Width and height of the picture that {@link #read(Path, ImageLimits)} would give. */
  public static Dimension sizeOf(Path file, ImageLimits limits) {
    String name = "'" + file + "'";
    byte[] bytes = bytes(file, name, limits);
    return decode(bytes, name, limits, System::nanoTime, ImageDecoder::size);
  }

  /** As {@link #sizeOf(Path, ImageLimits)}. */
  public static Dimension sizeOf(InputStream stream, ImageLimits limits) throws IOException {
    String name = "the stream";
    byte[] bytes = bytes(stream, name, limits);
    return decode(bytes, name, limits, System::nanoTime, ImageDecoder::size);
  }

  public static DecodedImage read(InputStream stream, ImageLimits limits) throws IOException {
    return read(stream, limits, System::nanoTime);
  }

  /** As {@link #read(InputStream, ImageLimits)}, by a clock of the caller in nanoseconds. */
  static DecodedImage read(InputStream stream, ImageLimits limits, LongSupplier nanoTime)
      throws IOException {
    String name = "the stream";
    byte[] bytes = bytes(stream, name, limits);
    return decode(bytes, name, limits, nanoTime, ImageDecoder::decode);
  }

  private static byte[] bytes(Path file, String name, ImageLimits limits) {
    try {
      if (Files.isDirectory(file)) {
        throw new YoloException.InvalidImage(
            "A picture file was expected, but " + name + " is a folder; name a file in it.");
      }
      // A pipe may never give a byte, and a device never end.
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        throw new YoloException.InvalidImage(
            "A picture file was expected, but "
                + name
                + " is a pipe or device; save what it gives as a file, or read it as a stream.");
      }
      if (Files.size(file) > limits.maxFileBytes()) {
        throw tooLong(name, limits);
      }
      try (InputStream stream = Files.newInputStream(file)) {
        return bytes(stream, name, limits);
      }
    } catch (NoSuchFileException e) {
      throw new YoloException.NotFound(
          "A picture file was expected at " + name + ", but there is none; check the path.", e);
    } catch (IOException e) {
      throw new YoloException.InvalidImage(
          "A readable picture file was expected, but "
              + name
              + " gave '"
              + reason(e, e.getClass().getSimpleName())
              + (Files.isSymbolicLink(file)
                  ? "'; check where this link leads."
                  : "'; check its permissions."),
          e);
    }
  }

  private static byte[] bytes(InputStream stream, String name, ImageLimits limits)
      throws IOException {
    try {
      byte[] bytes = stream.readNBytes(limits.maxFileBytes() + 1);
      if (bytes.length > limits.maxFileBytes()) {
        throw tooLong(name, limits);
      }
      return bytes;
    } catch (OutOfMemoryError e) {
      throw new YoloException.OutOfMemory(
          "A picture file must fit into Java's memory, but "
              + name
              + " does not; start Java with a larger -Xmx or re-encode it.",
          e);
    }
  }

  private interface Reading<T> {
    T of(ImageDecoder decoder, byte[] bytes) throws IOException;
  }

  private static <T> T decode(
      byte[] bytes, String name, ImageLimits limits, LongSupplier nanoTime, Reading<T> reading) {
    if (bytes.length == 0) {
      throw new YoloException.InvalidImage(
          "A picture was expected, but " + name + " is empty; check how it was written.");
    }
    ImageDecoder decoder = new ImageDecoder(name, limits, nanoTime);
    try {
      return reading.of(decoder, bytes);
    } catch (YoloException e) {
      throw e;
    } catch (IOException | RuntimeException | OutOfMemoryError | StackOverflowError e) {
      // Decoders that came with Java or with the class path: any of these is about the file.
      throw decoder.failure(e);
    }
  }

  private YoloException failure(Throwable e) {
    if (time.isOver()) {
      return time.failure(e);
    }
    // Decoders like to wrap what they meet.
    String reason = "";
    Throwable cause = e;
    for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
      if (cause instanceof OutOfMemoryError) {
        return new YoloException.OutOfMemory(
            "Decoding "
                + name
                + " must fit into Java's memory, but ran out of its "
                + DirectMemory.mebibytes(Runtime.getRuntime().maxMemory())
                + " MiB; start Java with a larger -Xmx or scale the picture down.",
            e);
      }
      reason = reason(cause, reason);
      cause = cause.getCause();
    }
    return new YoloException.InvalidImage(
        "A sound picture was expected, but "
            + name
            + " cannot be decoded ('"
            + (reason.isEmpty() ? e.getClass().getSimpleName() : reason)
            + "'); replace it.",
        e);
  }

  private DecodedImage decode(byte[] bytes) throws IOException {
    Encoded encoded = unwrap(bytes);
    int orientation = encoded.orientation();
    PixelReader reader = new PixelReader(name, limits, time, encoded.cmyk());
    byte[] bgr = reader.read(encoded.bytes(), encoded.length(), orientation > 1);
    int width = reader.width();
    int height = reader.height();
    if (orientation > 1) {
      bgr = Orientation.apply(orientation, bgr, width, height);
      if (Orientation.swapsSides(orientation)) {
        return new DecodedImage(bgr, height, width);
      }
    }
    return new DecodedImage(bgr, width, height);
  }

  private Dimension size(byte[] bytes) throws IOException {
    Encoded encoded = unwrap(bytes);
    PixelReader reader = new PixelReader(name, limits, time, encoded.cmyk());
    reader.readSize(encoded.bytes(), encoded.length());
    return Orientation.swapsSides(encoded.orientation())
        ? new Dimension(reader.height(), reader.width())
        : new Dimension(reader.width(), reader.height());
  }

  /** What ImageIO is to decode; {@code cmyk} is a JPEG of four components, or null. */
  private record Encoded(byte[] bytes, int length, int orientation, JpegFile cmyk) {}

  private Encoded unwrap(byte[] bytes) throws IOException {
    if (JpegFile.isJpeg(bytes)) {
      JpegFile jpeg = JpegFile.scan(bytes);
      byte[] plain = jpeg.plainBytes();
      JpegFile cmyk = jpeg.components() == 4 ? jpeg : null;
      return new Encoded(plain, plain.length, jpeg.orientation(), cmyk);
    }
    if (PngFile.isPng(bytes)) {
      PngFile png = PngFile.compact(bytes);
      if (png.hasHeader()) {
        // A refusal need not wait for ImageIO to be loaded.
        SizeCheck.check(limits, name, png.width(), png.height());
      }
      return new Encoded(bytes, png.length(), png.orientation(), null);
    }
    if (WebpFile.isWebp(bytes)) {
      return new Encoded(bytes, bytes.length, WebpFile.orientation(bytes), null);
    }
    refuseWrapper(bytes);
    // A TIFF file is what EXIF data are made of.
    return new Encoded(bytes, bytes.length, Orientation.of(bytes, 0, bytes.length), null);
  }

  /** Refuses a BMP that wraps a JPEG or PNG, whose own size would not be checked. */
  private void refuseWrapper(byte[] bytes) {
    if (bytes.length < 34 || bytes[0] != 'B' || bytes[1] != 'M') {
      return;
    }
    ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int compression = header.getInt(30);
    if (header.getInt(14) >= 40 && (compression == 4 || compression == 5)) {
      throw new YoloException.InvalidImage(
          "A BMP with pixels of its own was expected, but "
              + name
              + " wraps a "
              + (compression == 4 ? "JPEG" : "PNG")
              + "; save it as that.");
    }
  }

  private static YoloException tooLong(String name, ImageLimits limits) {
    int most = limits.maxFileBytes();
    return new YoloException.InvalidImage(
        "A picture file must have at most "
            + (most % (1 << 20) == 0 ? (most >> 20) + " MiB" : most + " bytes")
            + ", but "
            + name
            + " is larger; re-encode it.");
  }

  /**
   * The message of an exception, which may quote the file, as one short line of printable
   * characters.
   */
  private static String reason(Throwable e, String fallback) {
    String message = e.getMessage();
    if (message == null || message.isBlank()) {
      return fallback;
    }
    String line = message.strip().lines().findFirst().orElse("");
    StringBuilder text = new StringBuilder(line);
    text.setLength(Math.min(line.length(), LONGEST_REASON));
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        text.setCharAt(i, '?');
      }
    }
    return text.toString();
  }
}
