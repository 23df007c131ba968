// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.bridge;

import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.yolotorch.Image;
import org.yolotorch.ModelInfo;
import org.yolotorch.PredictOptions;
import org.yolotorch.RawTensor;
import org.yolotorch.Result;
import org.yolotorch.YoloException;
import org.yolotorch.internal.Deadline;
import org.yolotorch.internal.NativeWarnings;
import org.yolotorch.internal.Natives;
import org.yolotorch.internal.PathText;

/**
 * Owner of a native model: counts the calls that use it, frees it once, and logs a warning if it
 * was never closed and is freed by the garbage collector.
 */
public final class NativeModel implements RunningModel {
  private final BufferPool buffers = new BufferPool();
  private final UseGuard guard;
  private final Handle handle;
  private final Cleaner.Cleanable cleanable;

  private NativeModel(long number, String name) {
    this.guard = new UseGuard("Yolo", name);
    this.handle = new Handle(number, name, guard);
    this.cleanable = CleanerHolder.CLEANER.register(this, handle);
  }

  /** Takes over what an open function returned: a handle, or the negative code of a failure. */
  public static NativeModel open(long number, String name) {
    if (number <= 0) {
      YoloException failure = failure(number);
      NativeWarnings.log();
      throw failure;
    }
    NativeModel model = new NativeModel(number, name);
    NativeWarnings.log();
    return model;
  }

  public static YoloException failure(long negativeCode) {
    return NativeFailure.of((int) -negativeCode, Natives.lastText());
  }

  @Override
  public String fileName() {
    String name = handle.name;
    return name.substring(name.replace('\\', '/').lastIndexOf('/') + 1);
  }

  @Override
  public ModelInfo describe() {
    guard.acquire();
    try {
      return NativeText.parse(Natives.describe(handle.number)).modelInfo();
    } finally {
      release();
    }
  }

  @Override
  public List<String> optimizations() {
    guard.acquire();
    try {
      return NativeText.parse(Natives.optimizations(handle.number)).optimizations();
    } finally {
      release();
    }
  }

  @Override
  public List<Result> predict(
      List<Image> images,
      PredictOptions options,
      ModelInfo info,
      boolean measuring,
      Deadline deadline) {
    if (images.isEmpty()) {
      checkOpen();
      return List.of();
    }
    return predict(
        images,
        options,
        info,
        measuring,
        deadline,
        answer -> new ResultReader(answer, options, info).results(images));
  }

  /**
   * As above, for at least one picture; {@code reader} makes something of the packed results, which
   * are gone when it returns.
   */
  public <T> T predict(
      List<Image> images,
      PredictOptions options,
      ModelInfo info,
      boolean measuring,
      Deadline deadline,
      Function<ByteBuffer, T> reader) {
    guard.acquire();
    try {
      return PredictCall.run(
          handle.number, images, options, info, measuring, deadline, buffers, reader);
    } finally {
      release();
      NativeWarnings.log();
    }
  }

  @Override
  public List<RawTensor> predictRaw(List<Image> images, PredictOptions options) {
    return raw(call -> call.predict(images, options));
  }

  @Override
  public List<RawTensor> predictRaw(RawTensor input) {
    return raw(call -> call.predict(input));
  }

  @Override
  public RawTensor embed(List<Image> images, int[] layers, PredictOptions options) {
    return raw(call -> call.embed(images, layers, options));
  }

  private <T> T raw(Function<RawCall, T> work) {
    guard.acquire();
    try {
      return work.apply(new RawCall(handle.number));
    } finally {
      release();
      NativeWarnings.log();
    }
  }

  @Override
  public Path export(String settings) {
    guard.acquire();
    try {
      int code = Natives.exportModel(handle.number, settings);
      if (code != 0) {
        throw failure(-(long) code);
      }
      return PathText.of(Natives.lastText());
    } finally {
      release();
      NativeWarnings.log();
    }
  }

  @Override
  public long number() {
    guard.acquire();
    try {
      return handle.number;
    } finally {
      release();
    }
  }

  @Override
  public void checkOpen() {
    guard.acquire();
    release();
  }

  private void release() {
    guard.release();
    // Without it the collector may free the model while its last call is still inside.
    Reference.reachabilityFence(this);
  }

  @Override
  public void close() {
    guard.close(cleanable);
  }

  @Override
  public String toString() {
    return handle.name + (guard.isClosed() ? ", closed" : "");
  }

  /** The action of the cleaner; it must not reference the owner. */
  private static final class Handle implements Runnable {
    private final long number;
    private final String name;
    private final UseGuard guard;

    /** Stack trace of the load, always recorded: a leak is found long after it. */
    private final Throwable origin = new Throwable("The model was loaded here");

    Handle(long number, String name, UseGuard guard) {
      this.number = number;
      this.name = name;
      this.guard = guard;
    }

    @Override
    public void run() {
      try {
        if (!guard.isClosed()) {
          report();
        }
      } finally {
        Natives.closeModel(number);
      }
    }

    private void report() {
      System.getLogger("org.yolotorch")
          .log(
              System.Logger.Level.WARNING,
              "The model '"
                  + name
                  + "' should have been closed by its owner, but was freed by the garbage"
                  + " collector; call close() on what was loaded here.",
              origin);
    }
  }

  private static final class CleanerHolder {
    static final Cleaner CLEANER = Cleaner.create();
  }
}
