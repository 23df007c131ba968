// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.bridge;

import java.nio.file.Path;
import java.util.List;
import org.yolotorch.Image;
import org.yolotorch.ModelInfo;
import org.yolotorch.PredictOptions;
import org.yolotorch.RawTensor;
import org.yolotorch.Result;
import org.yolotorch.internal.Deadline;

/**
 * A native model, wherever it runs. Thread-safe; every call but close() fails once it is closed.
 */
public interface RunningModel extends AutoCloseable {
  /** Name of the file without its folders. */
  String fileName();

  ModelInfo describe();

  List<String> optimizations();

  /** Predicts a batch; {@code measuring} as accuracy is measured. */
  List<Result> predict(
      List<Image> images,
      PredictOptions options,
      ModelInfo info,
      boolean measuring,
      Deadline deadline);

  /** What the network itself gives for pictures. */
  List<RawTensor> predictRaw(List<Image> images, PredictOptions options);

  /** What the network itself gives for a tensor. */
  List<RawTensor> predictRaw(RawTensor input);

  /** Features of these layers, a row per picture. */
  RawTensor embed(List<Image> images, int[] layers, PredictOptions options);

  /** Exports with these settings, one {@code key=value} per line. */
  Path export(String settings);

  /** The handle of the native model. */
  long number();

  void checkOpen();

  @Override
  void close();
}
