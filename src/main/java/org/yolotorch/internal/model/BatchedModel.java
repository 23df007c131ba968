// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.model;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.yolotorch.Batching;
import org.yolotorch.Image;
import org.yolotorch.ModelInfo;
import org.yolotorch.PredictOptions;
import org.yolotorch.RawTensor;
import org.yolotorch.Result;
import org.yolotorch.Task;
import org.yolotorch.internal.Deadline;
import org.yolotorch.internal.bridge.RunningModel;
import org.yolotorch.internal.bridge.UseGuard;

/** A model whose callers share native calls. What waits for its turn keeps the model open. */
final class BatchedModel implements RunningModel {
  private final RunningModel model;
  private final UseGuard guard;
  private final Batcher batcher;

  /** Takes over a model that was opened under this name. */
  BatchedModel(RunningModel model, String name, ModelInfo info, Batching batching) {
    this.model = model;
    this.guard = new UseGuard("Yolo", name);
    this.batcher =
        new Batcher(
            batching,
            info.dynamic() && info.task() != Task.CLASSIFY,
            Deadline.SYSTEM,
            (pictures, options, deadline) ->
                model.predict(pictures, options, info, false, deadline));
  }

  private <T> T whileOpen(Supplier<T> call) {
    guard.acquire();
    try {
      return call.get();
    } finally {
      guard.release();
    }
  }

  @Override
  public List<Result> predict(
      List<Image> images,
      PredictOptions options,
      ModelInfo info,
      boolean measuring,
      Deadline deadline) {
    return whileOpen(
        () ->
            measuring || images.isEmpty()
                ? model.predict(images, options, info, measuring, deadline)
                : batcher.predict(images, options, deadline));
  }

  /** How many calls wait, for tests. */
  int waiting() {
    return batcher.waiting();
  }

  @Override
  public String fileName() {
    return model.fileName();
  }

  @Override
  public ModelInfo describe() {
    return whileOpen(model::describe);
  }

  @Override
  public List<String> optimizations() {
    return whileOpen(model::optimizations);
  }

  @Override
  public List<RawTensor> predictRaw(List<Image> images, PredictOptions options) {
    return whileOpen(() -> model.predictRaw(images, options));
  }

  @Override
  public List<RawTensor> predictRaw(RawTensor input) {
    return whileOpen(() -> model.predictRaw(input));
  }

  @Override
  public RawTensor embed(List<Image> images, int[] layers, PredictOptions options) {
    return whileOpen(() -> model.embed(images, layers, options));
  }

  @Override
  public Path export(String settings) {
    return whileOpen(() -> model.export(settings));
  }

  @Override
  public long number() {
    return whileOpen(model::number);
  }

  @Override
  public void checkOpen() {
    guard.acquire();
    guard.release();
  }

  @Override
  public void close() {
    guard.close(model::close);
  }

  @Override
  public String toString() {
    return model.toString();
  }
}
