// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import java.time.Duration;
import org.yolotorch.internal.Checks;

/**
 * How large an encoded picture may be and how long its decoding may take, so that a file of unknown
 * origin costs a bounded amount of memory and time. Immutable and thread-safe. Build one with
 * {@link #builder()}: the constructor grows with every new limit.
 *
 * @param maxFileBytes largest encoded picture in bytes, 1 to {@value #MAX_FILE_BYTES}; default 64
 *     MiB. Up to this many bytes are read into memory
 * @param maxPixels largest width x height, 1 to {@value #MAX_PIXELS}, so that three bytes per pixel
 *     fit into one Java array; default 100 million. A decoded picture takes three bytes per pixel
 *     of direct memory, and its decoding at least as many of the heap
 * @param maxSide largest width and largest height in pixels, 1 to {@value #MAX_SIDE}; default
 *     32,768
 * @param decodeTime longest time from the first look at the encoded bytes to the last pixel, 1 ms
 *     to one hour; default 10 s. The time that a file or stream takes to deliver the bytes does not
 *     count
 */
public record ImageLimits(int maxFileBytes, int maxPixels, int maxSide, Duration decodeTime) {
  /** The largest {@link #maxFileBytes()} there can be: 1 GiB. */
  public static final int MAX_FILE_BYTES = 1 << 30;

  /** The largest {@link #maxPixels()} there can be. */
  public static final int MAX_PIXELS = 700_000_000;

  /** The largest {@link #maxSide()} there can be: the largest side of a JPEG. */
  public static final int MAX_SIDE = 65_535;

  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final ImageLimits DEFAULTS =
      new ImageLimits(
          Image.MAX_FILE_BYTES, Image.MAX_PIXELS, Image.MAX_SIDE, Duration.ofSeconds(10));

  /**
   * Checks every limit.
   *
   * @throws YoloException.InvalidArgument if one is out of its range
   */
  public ImageLimits {
    Checks.range("maxFileBytes", maxFileBytes, 1, MAX_FILE_BYTES);
    Checks.range("maxPixels", maxPixels, 1, MAX_PIXELS);
    Checks.range("maxSide", maxSide, 1, MAX_SIDE);
    Checks.given("decodeTime", decodeTime);
    if (decodeTime.compareTo(SHORTEST) < 0 || decodeTime.compareTo(LONGEST) > 0) {
      throw new YoloException.InvalidArgument(
          "decodeTime must be from 1 ms to 1 hour, but was "
              + decodeTime
              + "; choose a time in that range.");
    }
  }

  /** Every limit at its default. */
  public static ImageLimits defaults() {
    return DEFAULTS;
  }

  /** A builder with every limit at its default. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects limits; not thread-safe. */
  public static final class Builder {
    private int maxFileBytes = DEFAULTS.maxFileBytes;
    private int maxPixels = DEFAULTS.maxPixels;
    private int maxSide = DEFAULTS.maxSide;
    private Duration decodeTime = DEFAULTS.decodeTime;

    private Builder() {}

    /** Sets {@link ImageLimits#maxFileBytes()}. */
    public Builder maxFileBytes(int value) {
      maxFileBytes = value;
      return this;
    }

    /** Sets {@link ImageLimits#maxPixels()}. */
    public Builder maxPixels(int value) {
      maxPixels = value;
      return this;
    }

    /** Sets {@link ImageLimits#maxSide()}. */
    public Builder maxSide(int value) {
      maxSide = value;
      return this;
    }

    /** Sets {@link ImageLimits#decodeTime()}. */
    public Builder decodeTime(Duration value) {
      decodeTime = value;
      return this;
    }

    /**
     * The limits collected so far.
     *
     * @throws YoloException.InvalidArgument if one is out of its range
     */
    public ImageLimits build() {
      return new ImageLimits(maxFileBytes, maxPixels, maxSide, decodeTime);
    }
  }
}
