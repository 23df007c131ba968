// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import java.nio.file.Path;

/**
 * How to export a model. Immutable; build one with {@link #builder()}, because the constructor
 * grows with every new option.
 *
 * @param format kind of file to write; {@code torchscript}
 * @param imgsz size of the network input, or null for the one the model was trained with
 * @param batch pictures a batch the archive is recorded for; 1 to {@value #MAX_BATCH}, default 1
 * @param device where the archive is traced; default {@code cpu}
 * @param file file to write, replaced if it exists, or null for one beside the model with its
 *     suffix changed
 */
public record ExportOptions(String format, ImageSize imgsz, int batch, String device, Path file) {
  /** The only format written so far. */
  public static final String TORCHSCRIPT = "torchscript";

  /** The largest {@link #batch()} accepted. */
  public static final int MAX_BATCH = 1024;

  private static final ExportOptions DEFAULTS =
      new ExportOptions(TORCHSCRIPT, null, 1, "cpu", null);

  /**
   * Checks every option.
   *
   * @throws YoloException.InvalidArgument if one is out of its range
   */
  public ExportOptions {
    if (!TORCHSCRIPT.equals(format)) {
      throw new YoloException.InvalidArgument(
          "format must be torchscript, but was '" + format + "'; leave it out or set it so.");
    }
    Checks.range("batch", batch, 1, MAX_BATCH);
    Checks.line("device", device);
    if (file != null) {
      Checks.line("file", file.toString());
    }
  }

  /** Every option at its default. */
  public static ExportOptions defaults() {
    return DEFAULTS;
  }

  /** A builder with every option at its default. */
  public static Builder builder() {
    return new Builder();
  }

  String settings() {
    StringBuilder text = new StringBuilder(128);
    text.append("format=").append(format).append("\nbatch=").append(batch);
    text.append("\ndevice=").append(device);
    if (imgsz != null) {
      text.append("\nimgsz=").append(imgsz.height()).append(',').append(imgsz.width());
    }
    if (file != null) {
      text.append("\nfile=").append(file);
    }
    return text.toString();
  }

  /** Collects options; not thread-safe. */
  public static final class Builder {
    private String format = DEFAULTS.format;
    private ImageSize imgsz;
    private int batch = DEFAULTS.batch;
    private String device = DEFAULTS.device;
    private Path file;

    private Builder() {}

    /** Sets {@link ExportOptions#format()}. */
    public Builder format(String value) {
      format = value;
      return this;
    }

    /** Sets {@link ExportOptions#imgsz()}; null takes the model's own. */
    public Builder imgsz(ImageSize value) {
      imgsz = value;
      return this;
    }

    /** Sets {@link ExportOptions#imgsz()} to a square of this side in pixels. */
    public Builder imgsz(int side) {
      return imgsz(ImageSize.square(side));
    }

    /** Sets {@link ExportOptions#batch()}. */
    public Builder batch(int value) {
      batch = value;
      return this;
    }

    /** Sets {@link ExportOptions#device()}. */
    public Builder device(String value) {
      device = value;
      return this;
    }

    /** Sets {@link ExportOptions#file()}; null writes beside the model. */
    public Builder file(Path value) {
      file = value;
      return this;
    }

    /**
     * The options collected so far.
     *
     * @throws YoloException.InvalidArgument if one is out of its range
     */
    public ExportOptions build() {
      return new ExportOptions(format, imgsz, batch, device, file);
    }
  }
}
