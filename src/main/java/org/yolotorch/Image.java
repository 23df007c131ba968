// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import java.awt.Dimension;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import org.yolotorch.internal.Checks;
import org.yolotorch.internal.DirectMemory;
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

  private final ByteBuffer pixels;
  private final int width;
  private final int height;
  private final PixelFormat format;
  private final int rowBytes;
  private final Path source;

  private Image(
      ByteBuffer pixels, int width, int height, PixelFormat format, int rowBytes, Path source) {
    this.pixels = pixels;
    this.width = width;
    this.height = height;
    this.format = format;
    this.rowBytes = rowBytes;
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
   * @throws YoloException.InvalidArgument if rowBytes is too small or the buffer too short
   * @throws YoloException.OutOfMemory if there is no memory for a copy
   */
  public static Image of(
      ByteBuffer pixels, int width, int height, PixelFormat format, int rowBytes) {
    Checks.given("pixels", pixels);
    Checks.given("format", format);
    checkSize(width, height);
    int used = width * format.bytesPerPixel();
    if (rowBytes < used) {
      throw new YoloException.InvalidArgument(
          "rowBytes must be at least " + used + ", but was " + rowBytes + "; give the row length.");
    }
    long needed = (long) rowBytes * (height - 1) + used;
    if (pixels.remaining() < needed) {
      throw new YoloException.InvalidArgument(
          "The pixel buffer must hold "
              + needed
              + " bytes from its position on, but holds "
              + pixels.remaining()
              + "; check width, height and format.");
    }
    ByteBuffer own = pixels.slice();
    if (!pixels.isDirect()) {
      own = DirectMemory.allocate((int) needed, "The picture");
      own.put(0, pixels, pixels.position(), (int) needed);
    }
    return new Image(own, width, height, format, rowBytes, null);
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
    if (!pixels.isDirect()) {
      return view; // a copy already
    }
    int used = width * format.bytesPerPixel();
    ByteBuffer own = DirectMemory.allocate(used * height, "The picture");
    for (int y = 0; y < height; y++) {
      own.put(y * used, view.pixels, y * rowBytes, used);
    }
    return new Image(own, width, height, format, used, null);
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
    if (part.left() < 0
        || part.top() < 0
        || part.width() < 1
        || part.height() < 1
        || part.width() > width - part.left()
        || part.height() > height - part.top()) {
      throw new YoloException.InvalidArgument(
          "A part must lie inside of the picture of "
              + width
              + "x"
              + height
              + " pixels (width x height), but was "
              + part
              + "; clip it to the picture.");
    }
    int start = part.top() * rowBytes + part.left() * format.bytesPerPixel();
    ByteBuffer rest = pixels.duplicate().position(start).slice();
    return new Image(rest, part.width(), part.height(), format, rowBytes, source);
  }

  private static Image of(DecodedImage decoded, Path source) {
    return ofBgr(decoded.bgr(), decoded.width(), decoded.height(), source);
  }

  /** BGR without gaps. */
  private static Image ofBgr(byte[] bgr, int width, int height, Path source) {
    ByteBuffer own = DirectMemory.allocate(bgr.length, "The picture");
    own.put(0, bgr);
    return new Image(own, width, height, PixelFormat.BGR, width * 3, source);
  }

  private static void checkSize(int width, int height) {
    SizeCheck.check(ImageLimits.defaults(), "the picture", width, height);
  }

  /** Pixels per row. */
  public int width() {
    return width;
  }

  /** Rows. */
  public int height() {
    return height;
  }

  /** Order of the samples in memory. */
  public PixelFormat format() {
    return format;
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
    return pixels.asReadOnlyBuffer();
  }

  /** Bytes from one row to the next; at least width x bytes per pixel. */
  public int rowBytes() {
    return rowBytes;
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

  /** A copy as {@link BufferedImage#TYPE_3BYTE_BGR}, without alpha. */
  public BufferedImage toBufferedImage() {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    byte[] bgr = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    if (format == PixelFormat.BGR && rowBytes == width * 3) {
      pixels.get(0, bgr);
      return image;
    }
    byte[] row = new byte[width * format.bytesPerPixel()];
    PixelFormat.Offsets offsets = format.offsets();
    int to = 0;
    for (int y = 0; y < height; y++) {
      pixels.get(y * rowBytes, row);
      for (int from = 0; from < row.length; from += format.bytesPerPixel()) {
        bgr[to++] = row[from + offsets.blue()];
        bgr[to++] = row[from + offsets.green()];
        bgr[to++] = row[from + offsets.red()];
      }
    }
    return image;
  }

  @Override
  public String toString() {
    return "Image["
        + width
        + "x"
        + height
        + " "
        + format
        + (source == null ? "]" : " " + source + "]");
  }
}
