// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import java.awt.Dimension;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import org.yolotorch.internal.Checks;
import org.yolotorch.internal.DirectMemory;
import org.yolotorch.internal.Natives;
import org.yolotorch.internal.image.DecodedImage;
import org.yolotorch.internal.image.ImageDecoder;
import org.yolotorch.internal.image.PictureFile;
import org.yolotorch.internal.image.Pixels;
import org.yolotorch.internal.image.SizeCheck;
import org.yolotorch.internal.image.TimeLimit;

/**
 * A picture in memory: 8-bit samples, rows from top to bottom, in a direct buffer that the native
 * side reads without a copy.
 *
 * <p>Thread-safe as long as nobody changes the pixels of a buffer given to {@link #of(ByteBuffer,
 * int, int, PixelFormat)} while a prediction runs on it. The memory is freed with the object; there
 * is nothing to close. Each side is 1 to {@value #MAX_SIDE} pixels and the whole picture at most
 * {@value #MAX_PIXELS} pixels, unless it was read with other {@link ImageLimits}.
 */
public final class Image {
  /** The largest side accepted unless other {@link ImageLimits} are given, in pixels. */
  public static final int MAX_SIDE = 32_768;

  /** The largest width x height accepted unless other {@link ImageLimits} are given. */
  public static final int MAX_PIXELS = 100_000_000;

  /** The largest encoded picture accepted unless other {@link ImageLimits} are given, in bytes. */
  public static final int MAX_FILE_BYTES = 64 << 20;

  /** The most values per pixel. */
  public static final int MAX_CHANNELS = Natives.YOLOTORCH_MAX_CHANNELS;

  private final PixelBuffer buffer;
  private final Path source;

  private Image(PixelBuffer buffer, Path source) {
    this.buffer = buffer;
    this.source = source;
  }

  /**
   * Reads a JPEG (CMYK too), PNG, BMP, TIFF, GIF or WebP file (of several pictures the first).
   *
   * <p>The pixels are those of the decoder: no colour management, 16 bits cut to the upper 8, alpha
   * dropped, grey repeated; the EXIF orientation is applied. The size is checked before a pixel is
   * decoded, and decoding is stopped after a time limit; {@link ImageLimits#defaults()} gives the
   * limits.
   *
   * @throws YoloException.NotFound if there is no such file
   * @throws YoloException.InvalidImage if it is larger than {@value #MAX_FILE_BYTES} bytes, larger
   *     than this class allows, damaged, or of a kind that cannot be read
   * @throws YoloException.OutOfMemory if the pixels do not fit into the memory of this JVM
   */
  public static Image read(Path file) {
    return read(file, ImageLimits.defaults());
  }

  /**
   * Reads a picture file as {@link #read(Path)} does, within these limits.
   *
   * @throws YoloException.NotFound if there is no such file
   * @throws YoloException.InvalidImage if the file or the picture is larger than the limits allow,
   *     takes longer to decode, is damaged, or is of a kind that cannot be read
   * @throws YoloException.OutOfMemory if the pixels do not fit into the memory of this JVM
   */
  public static Image read(Path file, ImageLimits limits) {
    Checks.given("file", file);
    Checks.given("limits", limits);
    return of(ImageDecoder.read(file, limits), file);
  }

  /**
   * Width and height of a picture file, in pixels, as {@link #read(Path)} would give them; reads
   * the file, but decodes no pixel.
   *
   * @throws YoloException.NotFound if there is no such file
   * @throws YoloException.InvalidImage if it is too large, its header damaged, or of a kind that
   *     cannot be read
   */
  public static Dimension sizeOf(Path file) {
    Checks.given("file", file);
    return ImageDecoder.sizeOf(file, ImageLimits.defaults());
  }

  /**
   * Width and height of an encoded picture, in pixels, as {@link #read(InputStream, ImageLimits)}
   * would give them; reads the stream, but decodes no pixel.
   *
   * @throws YoloException.InvalidImage if it is larger than the limits allow, its header damaged,
   *     or of a kind that cannot be read
   * @throws YoloException.OutOfMemory if the stream does not fit into the memory of this JVM
   * @throws IOException if the stream fails
   */
  public static Dimension sizeOf(InputStream stream, ImageLimits limits) throws IOException {
    Checks.given("stream", stream);
    Checks.given("limits", limits);
    return ImageDecoder.sizeOf(stream, limits);
  }

  /**
   * Reads an encoded picture from a stream, as {@link #read(Path)} does; the stream is read to its
   * end and left open.
   *
   * @throws YoloException.InvalidImage as for {@link #read(Path)}
   * @throws YoloException.OutOfMemory as for {@link #read(Path)}
   * @throws IOException if the stream fails
   */
  public static Image read(InputStream stream) throws IOException {
    return read(stream, ImageLimits.defaults());
  }

  /**
   * Reads an encoded picture from a stream, within these limits: at most one byte more than the
   * largest picture allowed is taken, and the stream is left open. How long the stream takes is not
   * limited here.
   *
   * @throws YoloException.InvalidImage as for {@link #read(Path, ImageLimits)}
   * @throws YoloException.OutOfMemory as for {@link #read(Path, ImageLimits)}
   * @throws IOException if the stream fails
   */
  public static Image read(InputStream stream, ImageLimits limits) throws IOException {
    Checks.given("stream", stream);
    Checks.given("limits", limits);
    return of(ImageDecoder.read(stream, limits), null);
  }

  /**
   * Copies a picture. Alpha is dropped, grey repeated, 16 bits cut to the upper 8.
   *
   * @throws YoloException.InvalidImage if a side is too large
   * @throws YoloException.OutOfMemory if there is no memory for the copy
   */
  public static Image of(BufferedImage image) {
    int width = Checks.given("image", image).getWidth();
    int height = image.getHeight();
    checkSize(width, height);
    return ofBgr(Pixels.bgr(image, TimeLimit.NONE), width, height, null);
  }

  /**
   * Wraps pixels without gaps between the rows, as {@link #of(ByteBuffer, int, int, PixelFormat,
   * int)} does.
   */
  public static Image of(ByteBuffer pixels, int width, int height, PixelFormat format) {
    Checks.given("pixels", pixels);
    long rowBytes = (long) width * Checks.given("format", format).bytesPerPixel();
    checkSize(width, height);
    return of(pixels, width, height, format, (int) rowBytes);
  }

  /**
   * Wraps pixels. A direct buffer is used as it is, without a copy; the content of any other is
   * copied now.
   *
   * @param pixels first pixel at its position; position and limit stay as they are
   * @param width pixels per row
   * @param height rows
   * @param format order of the samples
   * @param rowBytes bytes from one row to the next, at least width x bytes per pixel
   * @throws YoloException.InvalidImage if a side is too small or too large
   * @throws YoloException.InvalidArgument if rowBytes is too small, the buffer too short, or the
   *     format {@link PixelFormat#CHANNELS}
   * @throws YoloException.OutOfMemory if there is no memory for a copy
   */
  public static Image of(
      ByteBuffer pixels, int width, int height, PixelFormat format, int rowBytes) {
    Checks.given("pixels", pixels);
    Checks.given("format", format);
    checkSize(width, height);
    if (format == PixelFormat.CHANNELS) {
      throw new YoloException.InvalidArgument(
          "A picture of CHANNELS needs their number; make it with Image.ofChannels.");
    }
    return new Image(
        PixelBuffer.of(pixels, width, height, format, format.bytesPerPixel(), rowBytes), null);
  }

  /**
   * Wraps pixels of any number of channels without gaps between the rows, as {@link
   * #ofChannels(ByteBuffer, int, int, int, int)} does.
   */
  public static Image ofChannels(ByteBuffer pixels, int width, int height, int channels) {
    Checks.given("pixels", pixels);
    Checks.range("channels", channels, 1, MAX_CHANNELS);
    checkSize(width, height);
    long rowBytes = (long) width * channels;
    return ofChannels(pixels, width, height, channels, (int) rowBytes);
  }

  /**
   * Wraps pixels of any number of channels, for a model that takes as many ({@link
   * ModelInfo#channels()}): a model of two channels, or of four and more, takes pictures of its own
   * number only, and gets the values divided by 255 in the order they are in. One channel is the
   * same as {@link PixelFormat#GRAY}, three are the same as {@link PixelFormat#RGB}.
   *
   * <p>A direct buffer is used as it is, without a copy, and must keep its content while a
   * prediction runs on it; the content of any other is copied now. Where such a picture is drawn or
   * saved, the first three channels are red, green and blue, and the first of two is grey.
   *
   * @param pixels first pixel at its position, one unsigned byte per value, the values of a pixel
   *     next to each other; position and limit stay as they are
   * @param width pixels per row
   * @param height rows
   * @param channels values per pixel, 1 to {@value #MAX_CHANNELS}
   * @param rowBytes bytes from one row to the next, at least width x channels
   * @throws YoloException.InvalidImage if a side is too small or too large
   * @throws YoloException.InvalidArgument if channels is out of range, rowBytes too small or the
   *     buffer too short
   * @throws YoloException.OutOfMemory if there is no memory for a copy
   */
  public static Image ofChannels(
      ByteBuffer pixels, int width, int height, int channels, int rowBytes) {
    Checks.given("pixels", pixels);
    Checks.range("channels", channels, 1, MAX_CHANNELS);
    checkSize(width, height);
    PixelFormat format =
        switch (channels) {
          case 1 -> PixelFormat.GRAY;
          case 3 -> PixelFormat.RGB;
          default -> PixelFormat.CHANNELS;
        };
    return new Image(PixelBuffer.of(pixels, width, height, format, channels, rowBytes), null);
  }

  /**
   * Copies pixels, so that the buffer can be used for the next picture.
   *
   * @param pixels first pixel at its position; position and limit stay as they are
   * @param width pixels per row
   * @param height rows
   * @param format order of the samples
   * @param rowBytes bytes from one row to the next, at least width x bytes per pixel
   * @throws YoloException as {@link #of(ByteBuffer, int, int, PixelFormat, int)} does
   */
  public static Image copyOf(
      ByteBuffer pixels, int width, int height, PixelFormat format, int rowBytes) {
    Image view = of(pixels, width, height, format, rowBytes);
    // A heap buffer was copied already.
    return pixels.isDirect() ? new Image(view.buffer.copy(), null) : view;
  }

  /**
   * A part of the picture, on the same memory: no pixel is copied, and the memory is kept as long
   * as the part is.
   *
   * @param part its place in this picture
   * @throws YoloException.InvalidArgument if the part is empty or reaches beyond the picture
   */
  public Image part(PixelRect part) {
    Checks.given("part", part);
    return new Image(buffer.part(part), source);
  }

  private static Image of(DecodedImage decoded, Path source) {
    return ofBgr(decoded.bgr(), decoded.width(), decoded.height(), source);
  }

  /** BGR without gaps. */
  private static Image ofBgr(byte[] bgr, int width, int height, Path source) {
    ByteBuffer own = DirectMemory.allocate(bgr.length, "The picture");
    own.put(0, bgr);
    return new Image(new PixelBuffer(own, width, height, PixelFormat.BGR, 3, width * 3), source);
  }

  private static void checkSize(int width, int height) {
    SizeCheck.check(ImageLimits.defaults(), "the picture", width, height);
  }

  /** Pixels per row. */
  public int width() {
    return buffer.width();
  }

  /** Rows. */
  public int height() {
    return buffer.height();
  }

  /** Order of the samples in memory. */
  public PixelFormat format() {
    return buffer.format();
  }

  /** Values per pixel in memory, which are bytes: 1 to {@value #MAX_CHANNELS}. */
  public int samplesPerPixel() {
    return buffer.samples();
  }

  /** The file this picture was read from, if it was. */
  public Optional<Path> source() {
    return Optional.ofNullable(source);
  }

  /**
   * The pixels, a read-only view of this picture's own memory: {@link #rowBytes()} from one row to
   * the next, the first pixel at position 0.
   */
  public ByteBuffer pixels() {
    return buffer.pixels().asReadOnlyBuffer();
  }

  /** Bytes from one row to the next; at least width x bytes per pixel. */
  public int rowBytes() {
    return buffer.rowBytes();
  }

  /**
   * Writes the picture to a file of the kind that its name ends with, as {@link Result#save(Path)}
   * does.
   *
   * @throws YoloException.InvalidArgument if no picture is written to a file of such a name
   * @throws YoloException.WriteFailed if it cannot be written
   */
  public void save(Path file) {
    PictureFile.check(file);
    PictureFile.write(toBufferedImage(), file);
  }

  /**
   * A copy as {@link BufferedImage#TYPE_3BYTE_BGR}, without alpha; of more channels the first three
   * as red, green and blue, of two the first as grey.
   */
  public BufferedImage toBufferedImage() {
    return buffer.toBufferedImage();
  }

  @Override
  public String toString() {
    String samples =
        format() == PixelFormat.CHANNELS ? samplesPerPixel() + " channels" : format().toString();
    return "Image["
        + width()
        + "x"
        + height()
        + " "
        + samples
        + (source == null ? "]" : " " + source + "]");
  }
}
