// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.model;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.yolotorch.Detections;
import org.yolotorch.Image;
import org.yolotorch.ImageSize;
import org.yolotorch.PredictOptions;
import org.yolotorch.Result;
import org.yolotorch.Speed;
import org.yolotorch.Task;
import org.yolotorch.internal.Deadline;
import org.yolotorch.support.Results;

/** A model whose runs begin and then stand until the test lets each of them go on. */
final class HeldModel implements Batcher.Model {
  final BlockingQueue<Run> runs = new LinkedBlockingQueue<>();

  /** What a run of pictures throws; null for results. */
  volatile Function<List<Image>, RuntimeException> failure = pictures -> null;

  /** Whether runs stand at all. */
  volatile boolean held = true;

  /** A run. */
  static final class Run {
    final List<Image> pictures;
    final PredictOptions options;
    final Thread thread = Thread.currentThread();
    private final CountDownLatch goOn = new CountDownLatch(1);
    volatile boolean wasStopped;

    private Run(List<Image> pictures, PredictOptions options) {
      this.pictures = pictures;
      this.options = options;
    }

    void end() {
      goOn.countDown();
    }

    private void stop() {
      wasStopped = true;
      goOn.countDown();
    }
  }

  @Override
  public List<Result> predict(List<Image> pictures, PredictOptions options, Deadline deadline) {
    deadline.check();
    Run run = new Run(List.copyOf(pictures), options);
    // Before the test knows of the run, and turns the clock.
    Runnable forget = deadline.atEnd(run::stop);
    runs.add(run);
    if (held) {
      hold(run, deadline);
    }
    if (forget != null) {
      forget.run();
    }
    if (run.wasStopped) {
      throw Thread.currentThread().isInterrupted() ? Deadline.cancelled() : deadline.timeout();
    }
    RuntimeException thrown = failure.apply(pictures);
    if (thrown != null) {
      throw thrown;
    }
    return pictures.stream().map(HeldModel::result).toList();
  }

  /** As native code does: told of the interrupt of its thread, which stays interrupted. */
  private static void hold(Run run, Deadline deadline) {
    boolean interrupted = false;
    while (true) {
      try {
        run.goOn.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
        if (deadline.interrupted()) {
          run.stop();
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static Result result(Image picture) {
    return Result.of(
        Task.DETECT,
        picture,
        ImageSize.square(64),
        Results.NAMES,
        new Speed(1, 2, 3),
        Detections.ofBoxes(List.of()));
  }
}
