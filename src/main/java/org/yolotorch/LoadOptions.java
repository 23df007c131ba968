// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.yolotorch.internal.Checks;
import org.yolotorch.internal.LogWarnings;
import org.yolotorch.internal.Natives;
import org.yolotorch.internal.bridge.Settings;

/**
 * How to load a model; names, defaults and ranges are those of the command line. Immutable and
 * thread-safe. Build one with {@link #builder()}: the constructor grows with every new option.
 *
 * @param device where the network runs, such as {@code cpu}; default {@code cpu}
 * @param seed seed of the random weights when an architecture is loaded by name; default 0
 * @param task task of an archive that states none, or a wrong one; null, the default, takes what
 *     the file states. It overrides the archive's metadata, but not the network: where the network
 *     itself shows another task, as nearly all do, that one is used and a warning says so
 * @param trusted whether an archive's code may use operators that no YOLO network needs, as one
 *     exported with a {@code script} may; default false. A TorchScript archive is a program: this
 *     gives up the check of what it may do, and keeps only the check of its integrity. For files
 *     whose author you know
 * @param sha256 SHA-256 that the file must have, 64 hexadecimal digits; null, the default, accepts
 *     any. Costs one pass over the file's bytes
 * @param threads cores that one prediction uses, 1 to {@value #MAX_THREADS}; 0, the default, takes
 *     those that this process may use by its affinity and, in a container, its cgroup's quota.
 *     Calls that run at once compete for them
 * @param optimizeLevel how far a network is rewritten for the CPU, 0 to {@value
 *     #MAX_OPTIMIZE_LEVEL}, each level adding to the one below: 0 LibTorch alone; 1 channels-last
 *     layout; 2 convolutions on weights packed for oneDNN, which keeps a second copy of them in
 *     memory; 3 layers fused into own kernels. Default 3. A higher level makes predictions faster
 *     and the first prediction of each input size slower; results differ in the last digits only.
 *     No effect on other devices
 * @param warmup whether loading ends with a prediction of a grey batch of the size the file
 *     declares, at most 32 pictures; default false. Loading takes longer by that prediction; the
 *     first real one is then as fast as later ones, and a network that cannot run fails on loading
 * @param precision what the layers compute in; default {@link Precision#FP32}. {@link
 *     Precision#BF16} takes about half the time and moves boxes by a pixel or so; it needs a CPU
 *     with AVX512_BF16 and the highest {@code optimizeLevel}
 * @param timeout time that a run of a TorchScript archive may take for a batch, counted from when
 *     it begins, up to a day, or null, the default, for any time. A call whose run takes longer
 *     throws {@link YoloException.Timeout}. Programs that yolotorch makes itself, of checkpoints
 *     and yamls, end by themselves and have no limit. A program that cannot be stopped is left
 *     behind; see {@link Yolo#healthy()}
 * @param isolation limits of a process of its own that the model runs in, or null, the default, for
 *     this process. The file is read here, but checked, opened and run there, with nothing of this
 *     process, no file to work with, and pictures and results through a pipe: for files of
 *     strangers. A call that takes more than the limits ends that process and throws {@link
 *     YoloException.OutOfMemory} or {@link YoloException.Timeout}, one within which it ends by
 *     itself {@link YoloException.InferenceFailed}; the next call starts a new one. Such a model
 *     predicts and is measured, and nothing else; it is a file, not an architecture by name. {@code
 *     timeout} then ends the process, too, and applies to every kind of model
 * @param batching how callers that wait at the same time share native calls, or null, the default,
 *     for a native call each. Two callers and more then get more results per second
 * @param onWarning receives each warning about the model as one sentence: once per load and on the
 *     loading thread, or, where a prediction asks for more than a {@link BakedNms} gives, once per
 *     option and on the predicting thread. The default logs them as warnings of the {@link
 *     System.Logger} {@code org.yolotorch}. An exception that it throws ends the call
 */
public record LoadOptions(
    String device,
    long seed,
    Task task,
    boolean trusted,
    String sha256,
    int threads,
    int optimizeLevel,
    boolean warmup,
    Precision precision,
    Duration timeout,
    Isolation isolation,
    Batching batching,
    Consumer<String> onWarning) {
  /** The largest {@link #threads()} accepted. */
  public static final int MAX_THREADS = Natives.YOLOTORCH_MAX_THREADS;

  /** The highest {@link #optimizeLevel()}. */
  public static final int MAX_OPTIMIZE_LEVEL = 3;

  /** The longest {@link #timeout()}. */
  public static final Duration MAX_TIMEOUT = Duration.ofDays(1);

  private static final Duration LEAST_TIMEOUT = Duration.ofMillis(1);

  private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");
  private static final LoadOptions DEFAULTS =
      new LoadOptions(
          "cpu",
          0,
          null,
          false,
          null,
          0,
          MAX_OPTIMIZE_LEVEL,
          false,
          Precision.FP32,
          null,
          null,
          null,
          new LogWarnings());

  /**
   * Checks every option.
   *
   * @throws YoloException.InvalidArgument if one is out of its range
   */
  public LoadOptions {
    Checks.line("device", device);
    Checks.given("precision", precision);
    Checks.given("onWarning", onWarning);
    if (sha256 != null && !SHA256.matcher(sha256).matches()) {
      throw new YoloException.InvalidArgument(
          "sha256 must be 64 hexadecimal digits, but was '"
              + sha256
              + "'; copy it from where the file's publisher states it.");
    }
    if (timeout != null
        && (timeout.compareTo(LEAST_TIMEOUT) < 0 || timeout.compareTo(MAX_TIMEOUT) > 0)) {
      throw new YoloException.InvalidArgument(
          "timeout must be from 1 ms to 24 h, but was "
              + timeout
              + "; null, the default, lets a program run for any time.");
    }
    if (threads < 0 || threads > MAX_THREADS) {
      throw new YoloException.InvalidArgument(
          "threads must be from 0 to "
              + MAX_THREADS
              + ", but was "
              + threads
              + "; 0 takes the cores there are.");
    }
    if (optimizeLevel < 0 || optimizeLevel > MAX_OPTIMIZE_LEVEL) {
      throw new YoloException.InvalidArgument(
          "optimize_level must be from 0 to "
              + MAX_OPTIMIZE_LEVEL
              + ", but was "
              + optimizeLevel
              + "; 0 runs LibTorch alone.");
    }
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
    return new Settings()
        .put(Natives.KEY_DEVICE, device)
        .put(Natives.KEY_SEED, seed)
        .put(Natives.KEY_TASK, task == null ? null : task.id())
        .put(Natives.KEY_TRUSTED, trusted ? true : null)
        .put(Natives.KEY_SHA256, sha256)
        .put(Natives.KEY_THREADS, threads)
        .put(Natives.KEY_OPTIMIZE_LEVEL, optimizeLevel)
        .put(Natives.KEY_WARMUP, warmup ? true : null)
        .put(Natives.KEY_PRECISION, precision == Precision.FP32 ? null : precision.id())
        .put(Natives.KEY_TIMEOUT_MS, timeout == null ? null : timeout.toMillis())
        .toString();
  }

  /** Collects options; not thread-safe. */
  public static final class Builder {
    private String device = DEFAULTS.device;
    private long seed = DEFAULTS.seed;
    private Task task;
    private boolean trusted;
    private String sha256;
    private int threads;
    private int optimizeLevel = DEFAULTS.optimizeLevel;
    private boolean warmup;
    private Precision precision = DEFAULTS.precision;
    private Duration timeout;
    private Isolation isolation;
    private Batching batching;
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

    /** Sets {@link LoadOptions#task()}. */
    public Builder task(Task value) {
      task = value;
      return this;
    }

    /** Sets {@link LoadOptions#trusted()}. */
    public Builder trusted(boolean value) {
      trusted = value;
      return this;
    }

    /** Sets {@link LoadOptions#sha256()}. */
    public Builder sha256(String value) {
      sha256 = value;
      return this;
    }

    /** Sets {@link LoadOptions#threads()}. */
    public Builder threads(int value) {
      threads = value;
      return this;
    }

    /** Sets {@link LoadOptions#optimizeLevel()}. */
    public Builder optimizeLevel(int value) {
      optimizeLevel = value;
      return this;
    }

    /** Sets {@link LoadOptions#warmup()}. */
    public Builder warmup(boolean value) {
      warmup = value;
      return this;
    }

    /** Sets {@link LoadOptions#precision()}. */
    public Builder precision(Precision value) {
      precision = value;
      return this;
    }

    /** Sets {@link LoadOptions#timeout()}. */
    public Builder timeout(Duration value) {
      timeout = value;
      return this;
    }

    /** Sets {@link LoadOptions#isolation()} to {@link Isolation#defaults()}, or to none. */
    public Builder isolated(boolean value) {
      return isolation(value ? Isolation.defaults() : null);
    }

    /** Sets {@link LoadOptions#isolation()}. */
    public Builder isolation(Isolation value) {
      isolation = value;
      return this;
    }

    /**
     * Sets {@link LoadOptions#batching()} without a receiver of batches.
     *
     * @throws YoloException.InvalidArgument if a value is out of its range
     */
    public Builder batching(int maxBatch, Duration maxDelay) {
      return batching(new Batching(maxBatch, maxDelay));
    }

    /** Sets {@link LoadOptions#batching()}; null for none. */
    public Builder batching(Batching value) {
      batching = value;
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
      return new LoadOptions(
          device,
          seed,
          task,
          trusted,
          sha256,
          threads,
          optimizeLevel,
          warmup,
          precision,
          timeout,
          isolation,
          batching,
          onWarning);
    }
  }
}
