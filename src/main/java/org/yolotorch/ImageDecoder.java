// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Encoded bytes to an {@link Image}: header first, then pixels, then the EXIF orientation. */
final class ImageDecoder {
  private ImageDecoder() {}

  static Image read(Path file) {
    byte[] bytes;
    String name = "'" + file + "'";
    try {
      if (Files.isDirectory(file)) {
        throw new YoloException.InvalidImage(
            "A picture file was expected, but " + name + " is a folder; name a file in it.");
      }
      long size = Files.size(file);
      if (size > Image.MAX_FILE_BYTES) {
        throw tooLong(name);
      }
      try (InputStream stream = Files.newInputStream(file)) {
        bytes = stream.readNBytes(Image.MAX_FILE_BYTES + 1);
      }
    } catch (java.nio.file.NoSuchFileException e) {
      throw new YoloException.NotFound(
          "A picture file was expected at " + name + ", but there is none; check the path.", e);
    } catch (IOException e) {
      throw new YoloException.InvalidImage(
          "A readable picture file was expected, but "
              + name
              + " gave '"
              + reason(e)
              + "'; check its permissions.",
          e);
    }
    return decode(bytes, name, file);
  }

  static Image read(InputStream stream) throws IOException {
    return decode(stream.readNBytes(Image.MAX_FILE_BYTES + 1), "the stream", null);
  }

  private static Image decode(byte[] bytes, String name, Path file) {
    if (bytes.length > Image.MAX_FILE_BYTES) {
      throw tooLong(name);
    }
    if (bytes.length == 0) {
      throw new YoloException.InvalidImage(
          "A picture was expected, but " + name + " is empty; check how it was written.");
    }
    byte[] encoded = bytes;
    if (JpegFile.isJpeg(bytes)) {
      JpegFile jpeg = JpegFile.scan(bytes);
      if (jpeg.components() == 4) {
        throw new YoloException.InvalidImage(
            "An RGB or grey picture was expected, but "
                + name
                + " is a CMYK JPEG; convert it to RGB.");
      }
      encoded = jpeg.plainBytes();
    }
    BufferedImage image;
    // The memory stream keeps the pixels off the disk, whatever ImageIO's cache setting is.
    try (ImageInputStream input =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(encoded))) {
      image = decode(input, name);
    } catch (IOException | RuntimeException e) {
      if (e instanceof YoloException known) {
        throw known;
      }
      throw damaged(name, e);
    }
    byte[] bgr = Pixels.bgr(image);
    int width = image.getWidth();
    int height = image.getHeight();
    int orientation = Orientation.of(bytes);
    if (orientation > 1) {
      bgr = Orientation.apply(orientation, bgr, width, height);
      if (Orientation.swapsSides(orientation)) {
        return Image.ofBgr(bgr, height, width, file);
      }
    }
    return Image.ofBgr(bgr, width, height, file);
  }

  private static BufferedImage decode(ImageInputStream input, String name) throws IOException {
    Iterator<ImageReader> readers = ImageIO.getImageReaders(input);
    if (!readers.hasNext()) {
      throw new YoloException.InvalidImage(
          "A JPEG, PNG, BMP, TIFF or GIF picture was expected, but "
              + name
              + " is none; convert it to one of these.");
    }
    ImageReader reader = readers.next();
    try {
      reader.setInput(input, true, true);
      Image.checkSize(name, reader.getWidth(0), reader.getHeight(0));
      Truncation truncation = new Truncation();
      reader.addIIOReadWarningListener(truncation);
      BufferedImage image = reader.read(0);
      if (truncation.message != null) {
        throw new IOException(truncation.message);
      }
      return image;
    } finally {
      reader.dispose();
    }
  }

  private static YoloException tooLong(String name) {
    return new YoloException.InvalidImage(
        "A picture file must have at most "
            + (Image.MAX_FILE_BYTES >> 20)
            + " MiB, but "
            + name
            + " is larger; re-encode it.");
  }

  private static YoloException damaged(String name, Exception e) {
    return new YoloException.InvalidImage(
        "A sound picture was expected, but "
            + name
            + " cannot be decoded ('"
            + reason(e)
            + "'); replace it.",
        e);
  }

  private static String reason(Exception e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message.lines().findFirst().orElse("");
  }

  /** Notes that compressed data ended early: the decoder would fill the rest with grey. */
  private static final class Truncation implements IIOReadWarningListener {
    private String message;

    @Override
    public void warningOccurred(ImageReader source, String warning) {
      if (warning != null && warning.contains("premature end")) {
        message = warning;
      }
    }
  }
}
