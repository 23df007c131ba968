// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import java.util.function.BiConsumer;
import org.yolotorch.internal.Checks;
import org.yolotorch.internal.Natives;

/**
 * How to predict a source. Immutable and thread-safe. Build one with {@link #builder()}: the
 * constructor grows with every new option.
 *
 * @param predict how to predict each picture
 * @param batch pictures per native call, 1 to {@value #MAX_BATCH}; default 1. A larger batch can
 *     give a higher throughput; a result then waits for the whole batch, and twice as many decoded
 *     pictures are kept in memory
 * @param onFailure receives each frame that cannot be read, with the reason, on the thread that
 *     asks for results, and the stream goes on; null, the default, ends the stream with the reason
 */
public record StreamOptions(
    PredictOptions predict, int batch, BiConsumer<Frame, YoloException> onFailure) {
  /** The largest {@link #batch()} accepted. */
  public static final int MAX_BATCH = Natives.YOLOTORCH_MAX_BATCH;

  private static final StreamOptions DEFAULTS =
      new StreamOptions(PredictOptions.defaults(), 1, null);

  /**
   * Checks every option.
   *
   * @throws YoloException.InvalidArgument if one is out of its range
   */
  public StreamOptions {
    Checks.given("predict", predict);
    Checks.range("batch", batch, 1, MAX_BATCH);
  }

  /** Every option at its default. */
  public static StreamOptions defaults() {
    return DEFAULTS;
  }

  /** A builder with every option at its default. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects options; not thread-safe. */
  public static final class Builder {
    private PredictOptions predict = DEFAULTS.predict;
    private int batch = DEFAULTS.batch;
    private BiConsumer<Frame, YoloException> onFailure;

    private Builder() {}

    /** Sets {@link StreamOptions#predict()}. */
    public Builder predict(PredictOptions value) {
      predict = value;
      return this;
    }

    /** Sets {@link StreamOptions#batch()}. */
    public Builder batch(int value) {
      batch = value;
      return this;
    }

    /** Sets {@link StreamOptions#onFailure()}. */
    public Builder onFailure(BiConsumer<Frame, YoloException> value) {
      onFailure = value;
      return this;
    }

    /**
     * The options collected so far.
     *
     * @throws YoloException.InvalidArgument if one is out of its range
     */
    public StreamOptions build() {
      return new StreamOptions(predict, batch, onFailure);
    }
  }
}
