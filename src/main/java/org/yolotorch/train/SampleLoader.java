// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.train;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.yolotorch.Image;
import org.yolotorch.PixelFormat;
import org.yolotorch.Task;
import org.yolotorch.YoloException;
import org.yolotorch.internal.DirectMemory;
import org.yolotorch.internal.bridge.NativeTraining;

/**
 * Makes samples on threads of its own, some batches ahead. Java decodes the pictures, native code
 * does all else. Used by one thread.
 */
final class SampleLoader implements AutoCloseable {
  private static final int GREY = 114;
  private static final int SMALL = 32;

  private final NativeTraining training;
  private final TrainData data;
  private final Consumer<String> warnings;
  private final ExecutorService threads;

  /** Pictures that are being decoded, by part and number. */
  private final Map<Long, CompletableFuture<Void>> decoding = new ConcurrentHashMap<>();

  private final List<CompletableFuture<Void>> batches = new ArrayList<>();
  private int made;
  private int count;
  private IntFunction<CompletableFuture<Void>> maker;

  SampleLoader(NativeTraining training, TrainData data, int threads, Consumer<String> warnings) {
    this.training = training;
    this.data = data;
    this.warnings = warnings;
    this.threads =
        Executors.newFixedThreadPool(
            threads,
            work -> {
              Thread thread = new Thread(work, "yolotorch-samples");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Begins with the batches of an epoch that was begun, from the {@code first} on. */
  void startEpoch(int pictures, int batch, int first) {
    start(
        first,
        (pictures + batch - 1) / batch,
        number -> {
          List<CompletableFuture<Void>> samples = new ArrayList<>();
          int slot = number % NativeTraining.SLOTS;
          int end = Math.min(pictures, (number + 1) * batch);
          for (int position = number * batch; position < end; position++) {
            int at = position;
            samples.add(make(NativeTraining.TRAIN, () -> training.makeSample(at, slot)));
          }
          return all(samples);
        });
  }

  /** A batch to validate with: pictures of one shape. */
  record ValBatch(int[] pictures, int height, int width) {}

  /** Begins with batches to validate with. */
  void startVal(List<ValBatch> wanted) {
    start(
        0,
        wanted.size(),
        number -> {
          ValBatch batch = wanted.get(number);
          int slot = number % NativeTraining.SLOTS;
          List<CompletableFuture<Void>> samples = new ArrayList<>();
          for (int i = 0; i < batch.pictures().length; i++) {
            int place = i;
            samples.add(
                make(
                    NativeTraining.VAL,
                    () ->
                        training.makeValSample(
                            batch.pictures()[place], slot, place, batch.height(), batch.width())));
          }
          return all(samples);
        });
  }

  private void start(int first, int wanted, IntFunction<CompletableFuture<Void>> how) {
    batches.clear();
    for (int i = 0; i < first; i++) {
      batches.add(null);
    }
    made = first;
    count = wanted;
    maker = how;
    ahead(first + NativeTraining.SLOTS);
  }

  private void ahead(int until) {
    while (made < Math.min(until, count)) {
      batches.add(maker.apply(made++));
    }
  }

  /** Waits for a batch; the slot that it is in. */
  int await(int batch) {
    try {
      batches.get(batch).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof YoloException cause) {
        throw cause;
      }
      throw e;
    }
    return batch % NativeTraining.SLOTS;
  }

  /** The batch was used: its slot is free for another one. */
  void release(int batch) {
    ahead(batch + 1 + NativeTraining.SLOTS);
  }

  /** Waits for the batches that were begun and are not wanted any more. */
  void drain() {
    count = made;
    for (int i = 0; i < made; i++) {
      if (batches.get(i) != null) {
        await(i);
      }
    }
  }

  private static CompletableFuture<Void> all(List<CompletableFuture<Void>> samples) {
    return CompletableFuture.allOf(samples.toArray(CompletableFuture[]::new));
  }

  /** Makes a sample, or tells the pictures that it needs. */
  private interface Maker {
    int[] make();
  }

  private CompletableFuture<Void> make(int part, Maker sample) {
    return CompletableFuture.runAsync(
        () -> {
          for (int[] missing = sample.make(); missing.length > 0; missing = sample.make()) {
            for (int picture : missing) {
              load(part, picture);
            }
          }
        },
        threads);
  }

  /** Decodes a picture, unless another thread does; then waits for that one. */
  private void load(int part, int picture) {
    long key = (long) picture << 1 | part;
    CompletableFuture<Void> mine = new CompletableFuture<>();
    CompletableFuture<Void> other = decoding.putIfAbsent(key, mine);
    if (other != null) {
      other.join();
      return;
    }
    try {
      decode(part, picture);
    } finally {
      decoding.remove(key);
      mine.complete(null);
    }
  }

  /** A picture that turns out not to be one becomes a grey one without boxes. */
  private void decode(int part, int picture) {
    TrainData.Sample sample =
        (part == NativeTraining.TRAIN ? data.train() : data.val()).get(picture);
    try {
      training.put(part, picture, Image.read(sample.picture()));
    } catch (YoloException.InvalidImage | YoloException.NotFound e) {
      warnings.accept(e.getMessage() + " Nothing is learnt from it.");
      ByteBuffer grey = DirectMemory.allocate(3 * SMALL * SMALL, "A grey picture");
      while (grey.hasRemaining()) {
        grey.put((byte) GREY);
      }
      grey.flip();
      // A classifier learns the class of a picture, which has no other label.
      if (!training.text("task").equals(Task.CLASSIFY.id())) {
        training.label(part, picture, List.of());
      }
      training.put(part, picture, Image.of(grey, SMALL, SMALL, PixelFormat.RGB));
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    try {
      // Samples in hand still use the training.
      threads.awaitTermination(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
