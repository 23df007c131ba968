// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.yolotorch.internal.Checks;
import org.yolotorch.internal.NoReports;

/**
 * How callers of one model that wait at the same time share native calls; see {@link
 * LoadOptions#batching()}. Each caller gets the results of its own pictures, those that it would
 * get alone. Immutable and thread-safe.
 *
 * <p>A call that finds the model idle starts at once. Calls that come while a batch runs wait in
 * the order in which they came. When it ends, the oldest of them and all that can join it become
 * the next batch, which starts as soon as it is full, or as many calls wait as took part lately
 * (those of the batch that ended and those that waited then), or {@code maxDelay} is over. A single
 * caller is therefore never delayed.
 *
 * <p>Calls join if their {@link PredictOptions} are equal but for the timeout and, where {@link
 * PredictOptions#rect()} has an effect, all their pictures are of one size. A call of more pictures
 * than {@code maxBatch} runs by itself. The tiles of {@link PredictOptions#tile()} wait as calls of
 * their own, and {@code val}, {@code predictRaw} and {@code embed} take no part.
 *
 * <p>If a shared native call fails, its calls are predicted one by one, so that each gets an
 * outcome of its own. {@link LoadOptions#timeout()} and {@link Isolation} bound a native call,
 * which may be a whole batch. A call that waits leaves as soon as its {@link
 * PredictOptions#timeout()} is over or its thread is interrupted. One whose batch runs leaves at
 * once, too, unless it is its thread that makes the native call, which leaves when the batch ends.
 * A batch that everyone left ends before its next picture. The pixels of a call that left are read
 * until its batch ends: a buffer given to {@link Image#of(java.nio.ByteBuffer, int, int,
 * PixelFormat)} must not be freed by hand until then.
 *
 * @param maxBatch most pictures of a shared native call, 1 to {@value #MAX_BATCH}
 * @param maxDelay how long, from the end of a batch on, the next one waits for calls to join, 0 to
 *     {@link #MAX_DELAY}; 0 takes what waits
 * @param onBatch receives each batch after it ended, on the thread of one of its callers, whose
 *     result waits for it; several threads may be in it at once. It must be quick, and must not
 *     close the model. An exception that it throws is dropped, and the first one is logged as a
 *     warning of the {@link System.Logger} {@code org.yolotorch}
 */
public record Batching(int maxBatch, Duration maxDelay, Consumer<Batch> onBatch) {
  /** The largest {@link #maxBatch()}. */
  public static final int MAX_BATCH = 256;

  /** The longest {@link #maxDelay()}. */
  public static final Duration MAX_DELAY = Duration.ofSeconds(1);

  /**
   * Checks the values.
   *
   * @throws YoloException.InvalidArgument if one is out of its range
   */
  public Batching {
    Checks.range("maxBatch", maxBatch, 1, MAX_BATCH);
    Checks.given("maxDelay", maxDelay);
    Checks.given("onBatch", onBatch);
    if (maxDelay.isNegative() || maxDelay.compareTo(MAX_DELAY) > 0) {
      throw new YoloException.InvalidArgument(
          "maxDelay must be from 0 to 1 s, but was "
              + maxDelay
              + "; 2 ms suit callers that come back at once.");
    }
  }

  /** Without a receiver of batches. */
  public Batching(int maxBatch, Duration maxDelay) {
    this(maxBatch, maxDelay, new NoReports());
  }

  /**
   * What a batch was. Immutable.
   *
   * @param pictures of all its calls
   * @param waits how long each call waited, from its beginning to the start of the batch, the call
   *     that came first before the others
   * @param speed milliseconds per picture; empty if the native call failed or was stopped, even if
   *     its calls, one by one, gave results afterwards
   */
  public record Batch(int pictures, List<Duration> waits, Optional<Speed> speed) {
    /** Copies the list. */
    public Batch {
      waits = Checks.all("waits", waits);
      Checks.given("speed", speed);
    }

    /** How many calls took part. */
    public int calls() {
      return waits.size();
    }
  }
}
