// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.model;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.yolotorch.Image;
import org.yolotorch.LoadOptions;
import org.yolotorch.ModelInfo;
import org.yolotorch.PredictOptions;
import org.yolotorch.RawTensor;
import org.yolotorch.Result;
import org.yolotorch.internal.BakedLimits;
import org.yolotorch.internal.ClassNames;
import org.yolotorch.internal.Deadline;
import org.yolotorch.internal.DirectMemory;
import org.yolotorch.internal.ModelBytes;
import org.yolotorch.internal.NativeLoader;
import org.yolotorch.internal.Natives;
import org.yolotorch.internal.bridge.NativeModel;
import org.yolotorch.internal.bridge.RunningModel;
import org.yolotorch.internal.isolated.IsolatedModel;
import org.yolotorch.internal.tile.Tiles;

/** A loaded model: what is behind a {@link org.yolotorch.Yolo}. Thread-safe. */
public final class OpenModel implements AutoCloseable {
  private final RunningModel model;
  private final ModelInfo info;

  /** The non-maximum suppression fixed in an archive; null for most models. */
  private final BakedLimits limits;

  private OpenModel(RunningModel opened, String name, LoadOptions options) {
    try {
      this.info = opened.describe();
      this.model =
          options.batching() == null
              ? opened
              : new BatchedModel(opened, name, info, options.batching());
      for (String warning : info.warnings()) {
        options.onWarning().accept(warning);
      }
      this.limits =
          info.bakedNms().isEmpty()
              ? null
              : new BakedLimits(info.bakedNms().get(), model.fileName(), options.onWarning());
    } catch (RuntimeException | Error e) {
      opened.close();
      throw e;
    }
  }

  /**
   * Opens a file.
   *
   * @param settings the options as native code takes them
   */
  public static OpenModel ofFile(String path, LoadOptions options, String settings) {
    if (options.isolation() != null) {
      return isolated(ModelBytes.readFile(path), path, options, settings);
    }
    NativeLoader.load();
    return new OpenModel(NativeModel.open(Natives.openFile(path, settings), path), path, options);
  }

  /** Opens the bytes of a file; else as {@link #ofFile}. */
  public static OpenModel ofBytes(byte[] bytes, String name, LoadOptions options, String settings) {
    if (options.isolation() != null) {
      return isolated(bytes.clone(), name, options, settings);
    }
    NativeLoader.load();
    ByteBuffer direct = DirectMemory.allocate(bytes.length, "The model file");
    direct.put(0, bytes);
    long number = Natives.openBytes(direct, bytes.length, name, settings);
    return new OpenModel(NativeModel.open(number, name), name, options);
  }

  private static OpenModel isolated(
      byte[] bytes, String name, LoadOptions options, String settings) {
    return new OpenModel(
        IsolatedModel.open(bytes, name, settings, options.isolation(), options.timeout()),
        name,
        options);
  }

  /** Predicts a batch until then; {@code measuring} as accuracy is measured. */
  public List<Result> predict(
      List<Image> pictures, PredictOptions options, boolean measuring, Deadline deadline) {
    PredictOptions resolved = ClassNames.resolve(options, info.names());
    List<Result> results =
        resolved.tile() == 0
            ? model.predict(pictures, resolved, info, measuring, deadline)
            : tiles(resolved, deadline).predict(pictures);
    if (limits != null) {
      limits.check(options);
    }
    return results;
  }

  /** What the network itself gives for pictures; none for none. */
  public List<RawTensor> predictRaw(List<Image> pictures, PredictOptions options) {
    model.checkOpen();
    return pictures.isEmpty() ? List.of() : model.predictRaw(pictures, options);
  }

  /** What the network itself gives for a tensor. */
  public List<RawTensor> predictRaw(RawTensor input) {
    return model.predictRaw(input);
  }

  /** A row of features per picture. */
  public List<float[]> embed(List<Image> pictures, int[] layers, PredictOptions options) {
    model.checkOpen();
    List<float[]> rows = new ArrayList<>();
    if (!pictures.isEmpty()) {
      RawTensor all = model.embed(pictures, layers, options);
      int width = (int) all.shape()[1];
      float[] values = all.values();
      for (int at = 0; at < values.length; at += width) {
        rows.add(Arrays.copyOfRange(values, at, at + width));
      }
    }
    return List.copyOf(rows);
  }

  private Tiles tiles(PredictOptions options, Deadline deadline) {
    return new Tiles(
        (some, each) -> model.predict(some, each, info, false, deadline), info, options);
  }

  /** Properties of the model; throws if it is closed. */
  public ModelInfo info() {
    model.checkOpen();
    return info;
  }

  public List<String> optimizations() {
    return model.optimizations();
  }

  /** Exports with these settings, one {@code key=value} per line. */
  public Path export(String settings) {
    return model.export(settings);
  }

  public long number() {
    return model.number();
  }

  @Override
  public void close() {
    model.close();
  }

  @Override
  public String toString() {
    return model.toString();
  }
}
