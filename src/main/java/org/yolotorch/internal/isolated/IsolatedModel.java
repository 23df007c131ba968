// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.isolated;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.yolotorch.Image;
import org.yolotorch.Isolation;
import org.yolotorch.ModelInfo;
import org.yolotorch.PredictOptions;
import org.yolotorch.RawTensor;
import org.yolotorch.Result;
import org.yolotorch.YoloException;
import org.yolotorch.internal.Deadline;
import org.yolotorch.internal.bridge.NativeText;
import org.yolotorch.internal.bridge.ResultReader;
import org.yolotorch.internal.bridge.RunningModel;
import org.yolotorch.internal.bridge.UseGuard;

/**
 * A model in a process of its own, which starts when the model is opened, and anew for the call
 * after one that ended it. Calls run one after another.
 */
public final class IsolatedModel implements RunningModel {
  private final byte[] file;
  private final String name;
  private final String settings;
  private final Isolation limits;
  private final Duration timeout;
  private final UseGuard guard;
  private final ReentrantLock turn = new ReentrantLock(true);
  private ModelProcess process; // null: none runs; guarded by turn
  private ModelInfo info;

  private IsolatedModel(
      byte[] file, String name, String settings, Isolation limits, Duration timeout) {
    this.file = file;
    this.name = name;
    this.settings = settings;
    this.limits = limits;
    this.timeout = timeout;
    this.guard = new UseGuard("Yolo", name);
  }

  /**
   * Opens the bytes of a file, which are kept.
   *
   * @param settings the options as native code takes them
   * @param timeout time of a call, or null for any
   * @throws YoloException as {@code Yolo.load} does
   */
  public static IsolatedModel open(
      byte[] file, String name, String settings, Isolation limits, Duration timeout) {
    IsolatedModel model = new IsolatedModel(file, name, settings, limits, timeout);
    model.info = model.inTurn(Deadline.of(null), running -> model.info);
    return model;
  }

  private interface Call<T> {
    T with(ModelProcess running);
  }

  private <T> T inTurn(Deadline deadline, Call<T> call) {
    guard.acquire();
    try {
      await(deadline);
      try {
        if (process != null && process.isEnded()) {
          process.close();
          process = null;
        }
        if (process == null) {
          start(deadline);
        }
        return call.with(process);
      } finally {
        turn.unlock();
      }
    } finally {
      guard.release();
    }
  }

  private void await(Deadline deadline) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          if (turn.tryLock(20, TimeUnit.MILLISECONDS)) {
            return;
          }
          deadline.check();
        } catch (InterruptedException e) {
          interrupted = true;
          if (deadline.interrupted()) {
            throw Deadline.cancelled();
          }
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void start(Deadline deadline) {
    ModelProcess started = ModelProcess.start(name, limits, timeout);
    try {
      String text =
          started.open(
              (out, in) -> {
                Wire.write(out, name);
                Wire.write(out, settings);
                Wire.write(out, file);
                out.flush();
                started.readStatus();
                return Wire.readText(in);
              },
              deadline);
      info = parsed(() -> NativeText.parse(text).modelInfo());
      process = started;
    } finally {
      if (process == null) {
        started.close();
      }
    }
  }

  private interface Parsing<T> {
    T parse();
  }

  /** Reads what a process gave that is not trusted. */
  private <T> T parsed(Parsing<T> answer) {
    try {
      return answer.parse();
    } catch (YoloException e) {
      throw e;
    } catch (RuntimeException e) {
      if (process != null) {
        process.close();
      }
      throw new YoloException.InferenceFailed(
          "The process of the isolated model '"
              + name
              + "' must give results, but gave something else; do not use the file.",
          e);
    }
  }

  @Override
  public String fileName() {
    return name.substring(name.replace('\\', '/').lastIndexOf('/') + 1);
  }

  @Override
  public ModelInfo describe() {
    checkOpen();
    return info;
  }

  @Override
  public List<String> optimizations() {
    return inTurn(
        Deadline.of(null),
        running -> {
          String text =
              running.call(
                  (out, in) -> {
                    out.write(Wire.OPTIMIZATIONS);
                    out.flush();
                    running.readStatus();
                    return Wire.readText(in);
                  },
                  Deadline.of(null));
          return parsed(() -> NativeText.parse(text).optimizations());
        });
  }

  @Override
  public List<Result> predict(
      List<Image> images,
      PredictOptions options,
      ModelInfo of,
      boolean measuring,
      Deadline deadline) {
    if (images.isEmpty()) {
      checkOpen();
      return List.of();
    }
    return inTurn(
        deadline,
        running -> {
          deadline.check();
          byte[] answer =
              running.call(
                  (out, in) -> {
                    out.write(Wire.PREDICT);
                    Wire.write(out, new Wire.Batch(images, options, measuring));
                    running.readStatus();
                    return Wire.readBytes(in);
                  },
                  deadline);
          return parsed(
              () -> new ResultReader(ByteBuffer.wrap(answer), options, of).results(images));
        });
  }

  @Override
  public List<RawTensor> predictRaw(List<Image> images, PredictOptions options) {
    throw refused("predictRaw()");
  }

  @Override
  public List<RawTensor> predictRaw(RawTensor input) {
    throw refused("predictRaw()");
  }

  @Override
  public RawTensor embed(List<Image> images, int[] layers, PredictOptions options) {
    throw refused("embed()");
  }

  @Override
  public Path export(String given) {
    throw refused("export()");
  }

  @Override
  public long number() {
    throw refused("nativeHandle()");
  }

  private YoloException refused(String call) {
    checkOpen();
    return new YoloException.InvalidArgument(
        call
            + " needs the model in this process, but '"
            + name
            + "' was loaded isolated, which predicts alone; load it without isolation.");
  }

  @Override
  public void checkOpen() {
    guard.acquire();
    guard.release();
  }

  /** The process that runs now, for tests; 0 for none. */
  public long pid() {
    return inTurn(Deadline.of(null), ModelProcess::pid);
  }

  @Override
  public void close() {
    guard.close(
        () -> {
          if (process != null) {
            process.close();
            process = null;
          }
        });
  }

  @Override
  public String toString() {
    return name + (guard.isClosed() ? ", closed" : "");
  }
}
