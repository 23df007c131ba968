// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.image;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.SampleModel;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.event.IIOReadUpdateListener;
import javax.imageio.event.IIOReadWarningListener;
import org.yolotorch.ImageLimits;
import org.yolotorch.YoloException;
import org.yolotorch.internal.DirectMemory;

/** Decodes one picture with ImageIO, after a check of its header against the limits. */
public final class PixelReader {
  private final String name;
  private final ImageLimits limits;
  private final TimeLimit time;
  private final JpegFile cmyk;
  private int width;
  private int height;

  /** Reads a picture; {@code cmyk} is one of four components, or null for any other. */
  public PixelReader(String name, ImageLimits limits, TimeLimit time, JpegFile cmyk) {
    this.name = name;
    this.cmyk = cmyk;
    this.limits = limits;
    this.time = time;
  }

  public int width() {
    return width;
  }

  public int height() {
    return height;
  }

  /** The pixels as BGR without gaps; {@code turned} if they will be copied once more. */
  public byte[] read(byte[] encoded, int length, boolean turned) throws IOException {
    return read(
        encoded,
        length,
        reader -> {
          checkMemory(reader, turned);
          return cmyk == null ? Pixels.bgr(decode(reader), time) : decodeCmyk(reader);
        });
  }

  /** Finds out {@link #width()} and {@link #height()} alone. */
  public void readSize(byte[] encoded, int length) throws IOException {
    read(encoded, length, reader -> null);
  }

  private interface Reading {
    byte[] of(ImageReader reader) throws IOException;
  }

  private byte[] read(byte[] encoded, int length, Reading reading) throws IOException {
    try (EncodedInput input = new EncodedInput(encoded, length, time)) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(input);
      if (!readers.hasNext()) {
        throw new YoloException.InvalidImage(
            "A JPEG, PNG, BMP, TIFF, GIF or WebP picture was expected, but "
                + name
                + " is none; convert it to one of these.");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(input, true, true);
        width = reader.getWidth(0);
        height = reader.getHeight(0);
        SizeCheck.check(limits, name, width, height);
        return reading.of(reader);
      } finally {
        reader.dispose();
      }
    }
  }

  /**
   * Refuses a picture that can never fit into the heap, because an OutOfMemoryError affects all
   * threads. One that may fit is tried.
   */
  private void checkMemory(ImageReader reader, boolean turned) throws IOException {
    Iterator<ImageTypeSpecifier> types = reader.getImageTypes(0);
    if (!types.hasNext()) {
      return;
    }
    ImageTypeSpecifier type = types.next();
    SampleModel model = type.getSampleModel();
    long decoded =
        model.getNumDataElements() * (DataBuffer.getDataTypeSize(model.getTransferType()) / 8);
    boolean asIs = type.getBufferedImageType() == BufferedImage.TYPE_3BYTE_BGR;
    long bytes = Math.max(asIs ? 3 : decoded + 3, turned ? 6 : 0) * width * height;
    long most = Runtime.getRuntime().maxMemory();
    if (bytes > most) {
      throw new YoloException.OutOfMemory(
          "Decoding "
              + name
              + " takes "
              + DirectMemory.mebibytes(bytes)
              + " MiB of Java's memory for its "
              + width
              + "x"
              + height
              + " pixels (width x height), but there are "
              + DirectMemory.mebibytes(most)
              + "; start Java with a larger -Xmx or scale the picture down.");
    }
  }

  private BufferedImage decode(ImageReader reader) throws IOException {
    Watch watch = watch(reader);
    BufferedImage image = reader.read(0);
    watch.check();
    return image;
  }

  private byte[] decodeCmyk(ImageReader reader) throws IOException {
    Watch watch = watch(reader);
    Raster raster = reader.readRaster(0, null);
    watch.check();
    return CmykPixels.bgr(raster, cmyk.isYcck(), cmyk.isInverted(), time);
  }

  private Watch watch(ImageReader reader) {
    Watch watch = new Watch(time);
    reader.addIIOReadWarningListener(watch);
    reader.addIIOReadUpdateListener(watch);
    return watch;
  }

  /**
   * Stops a decoder that takes too long, such as of a JPEG with hundreds of scans over all pixels,
   * and notes that compressed data ended early, where the decoder would fill the rest with grey.
   */
  private static final class Watch implements IIOReadWarningListener, IIOReadUpdateListener {
    private final TimeLimit time;
    private boolean stopped;
    private String truncation;

    Watch(TimeLimit time) {
      this.time = time;
    }

    void check() throws IOException {
      if (stopped) {
        throw time.failure(null);
      }
      if (truncation != null) {
        throw new IOException(truncation);
      }
    }

    private void look(ImageReader source) {
      if (time.isOver()) {
        stopped = true;
        source.abort();
      }
    }

    @Override
    public void warningOccurred(ImageReader source, String warning) {
      if (warning != null && warning.contains("premature end")) {
        truncation = warning;
      }
    }

    @Override
    public void imageUpdate(
        ImageReader source,
        BufferedImage image,
        int minX,
        int minY,
        int width,
        int height,
        int periodX,
        int periodY,
        int[] bands) {
      look(source);
    }

    @Override
    public void passStarted(
        ImageReader source,
        BufferedImage image,
        int pass,
        int minPass,
        int maxPass,
        int minX,
        int minY,
        int periodX,
        int periodY,
        int[] bands) {
      look(source);
    }

    @Override
    public void passComplete(ImageReader source, BufferedImage image) {
      look(source);
    }

    @Override
    public void thumbnailPassStarted(
        ImageReader source,
        BufferedImage image,
        int pass,
        int minPass,
        int maxPass,
        int minX,
        int minY,
        int periodX,
        int periodY,
        int[] bands) {
      look(source);
    }

    @Override
    public void thumbnailUpdate(
        ImageReader source,
        BufferedImage image,
        int minX,
        int minY,
        int width,
        int height,
        int periodX,
        int periodY,
        int[] bands) {
      look(source);
    }

    @Override
    public void thumbnailPassComplete(ImageReader source, BufferedImage image) {
      look(source);
    }
  }
}
