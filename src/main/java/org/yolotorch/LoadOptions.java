// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import java.util.Objects;
import java.util.function.Consumer;

/**
 * How to load a model. Immutable; build one with {@link #builder()}, because the constructor grows
 * with every new option.
 *
 * @param device where the network runs, such as {@code cpu}; default {@code cpu}
 * @param seed seed of the random weights when an architecture is loaded by name; default 0
 * @param onWarning receives, once per load and on the loading thread, each sentence the model gives
 *     cause to; by default they are logged as warnings of the {@link System.Logger} {@code
 *     org.yolotorch}
 */
public record LoadOptions(String device, long seed, Consumer<String> onWarning) {
  private static final LoadOptions DEFAULTS = new LoadOptions("cpu", 0, new LogWarnings());

  /**
   * Checks every option.
   *
   * @throws YoloException.InvalidArgument if one is out of its range
   */
  public LoadOptions {
    Checks.line("device", device);
    Objects.requireNonNull(onWarning, "onWarning");
  }

  /** Every option at its default. */
  public static LoadOptions defaults() {
    return DEFAULTS;
  }

  /** A builder with every option at its default. */
  public static Builder builder() {
    return new Builder();
  }

  String settings() {
    return "device=" + device + "\nseed=" + seed;
  }

  /** Collects options; not thread-safe. */
  public static final class Builder {
    private String device = DEFAULTS.device;
    private long seed = DEFAULTS.seed;
    private Consumer<String> onWarning = DEFAULTS.onWarning;

    private Builder() {}

    /** Sets {@link LoadOptions#device()}. */
    public Builder device(String value) {
      device = value;
      return this;
    }

    /** Sets {@link LoadOptions#seed()}. */
    public Builder seed(long value) {
      seed = value;
      return this;
    }

    /** Sets {@link LoadOptions#onWarning()}. */
    public Builder onWarning(Consumer<String> value) {
      onWarning = value;
      return this;
    }

    /**
     * The options collected so far.
     *
     * @throws YoloException.InvalidArgument if one is out of its range
     */
    public LoadOptions build() {
      return new LoadOptions(device, seed, onWarning);
    }
  }

  /** A class and not a lambda: the first lambda of a process costs tens of milliseconds. */
  private static final class LogWarnings implements Consumer<String> {
    @Override
    public void accept(String warning) {
      System.getLogger("org.yolotorch").log(System.Logger.Level.WARNING, warning);
    }
  }
}
