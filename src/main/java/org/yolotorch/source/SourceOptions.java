// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.source;

import java.io.InputStream;
import java.util.function.Consumer;
import org.yolotorch.ImageLimits;
import org.yolotorch.YoloException;
import org.yolotorch.internal.Checks;
import org.yolotorch.internal.LogWarnings;

/**
 * How to open a source. Immutable. Build one with {@link #builder()}: the constructor grows with
 * every new option.
 *
 * @param vidStride takes every n-th frame of a video, beginning with the first; at least 1, default
 *     1. Frames between are decoded as well, because later ones depend on them, but not predicted
 * @param allowPrivate whether web addresses may lead to this machine and to private networks;
 *     default false. With true, whoever chooses the address can reach what only the local network
 *     may see
 * @param standardInput stream that the source {@code -} is read from; default {@link System#in}. Up
 *     to 1 GiB of it is read into memory; it is left open
 * @param limits how large a picture may be and how long its decoding may take; default {@link
 *     ImageLimits#defaults()}. Frames of videos have limits of their own
 * @param onWarning receives a sentence for each folder or pattern in which pictures were left out
 *     because their kind is not read here, on the thread that opens the source. The default logs
 *     them as warnings of the {@link System.Logger} {@code org.yolotorch}
 */
public record SourceOptions(
    int vidStride,
    boolean allowPrivate,
    InputStream standardInput,
    ImageLimits limits,
    Consumer<String> onWarning) {
  private static final SourceOptions DEFAULTS =
      new SourceOptions(1, false, System.in, ImageLimits.defaults(), new LogWarnings());

  /**
   * Checks every option.
   *
   * @throws YoloException.InvalidArgument if one is out of its range
   */
  public SourceOptions {
    Checks.given("standardInput", standardInput);
    Checks.given("limits", limits);
    Checks.given("onWarning", onWarning);
    if (vidStride < 1) {
      throw new YoloException.InvalidArgument(
          "vid_stride must be a whole number of at least 1, but was "
              + vidStride
              + "; 1 takes every frame.");
    }
  }

  /** Every option at its default. */
  public static SourceOptions defaults() {
    return DEFAULTS;
  }

  /** A builder with every option at its default. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects options; not thread-safe. */
  public static final class Builder {
    private int vidStride = DEFAULTS.vidStride;
    private boolean allowPrivate = DEFAULTS.allowPrivate;
    private InputStream standardInput = DEFAULTS.standardInput;
    private ImageLimits limits = DEFAULTS.limits;
    private Consumer<String> onWarning = DEFAULTS.onWarning;

    private Builder() {}

    /** Sets {@link SourceOptions#vidStride()}. */
    public Builder vidStride(int value) {
      vidStride = value;
      return this;
    }

    /** Sets {@link SourceOptions#allowPrivate()}. */
    public Builder allowPrivate(boolean value) {
      allowPrivate = value;
      return this;
    }

    /** Sets {@link SourceOptions#standardInput()}. */
    public Builder standardInput(InputStream value) {
      standardInput = value;
      return this;
    }

    /** Sets {@link SourceOptions#limits()}. */
    public Builder limits(ImageLimits value) {
      limits = value;
      return this;
    }

    /** Sets {@link SourceOptions#onWarning()}. */
    public Builder onWarning(Consumer<String> value) {
      onWarning = value;
      return this;
    }

    /**
     * The options collected so far.
     *
     * @throws YoloException.InvalidArgument if one is out of its range
     */
    public SourceOptions build() {
      return new SourceOptions(vidStride, allowPrivate, standardInput, limits, onWarning);
    }
  }
}
