// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.source;

import java.io.InputStream;
import org.yolotorch.YoloException;
import org.yolotorch.internal.Checks;

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
 */
public record SourceOptions(int vidStride, boolean allowPrivate, InputStream standardInput) {
  private static final SourceOptions DEFAULTS = new SourceOptions(1, false, System.in);

  /**
   * Checks every option.
   *
   * @throws YoloException.InvalidArgument if one is out of its range
   */
  public SourceOptions {
    Checks.given("standardInput", standardInput);
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

    /**
     * The options collected so far.
     *
     * @throws YoloException.InvalidArgument if one is out of its range
     */
    public SourceOptions build() {
      return new SourceOptions(vidStride, allowPrivate, standardInput);
    }
  }
}
