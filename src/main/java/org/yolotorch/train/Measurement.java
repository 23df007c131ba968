// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.yolotorch.ImageSize;
import org.yolotorch.LoadOptions;
import org.yolotorch.ModelInfo;
import org.yolotorch.Result;
import org.yolotorch.Task;
import org.yolotorch.Yolo;
import org.yolotorch.internal.Deadline;
import org.yolotorch.internal.Natives;
import org.yolotorch.internal.bridge.NativeModel;
import org.yolotorch.internal.bridge.NativeTraining;
import org.yolotorch.internal.bridge.Settings;
import org.yolotorch.val.ValListener;
import org.yolotorch.val.ValOptions;
import org.yolotorch.val.ValResult;

/** Measures the moving average of a training. */
final class Measurement {
  private static final int STRIDE = 32;

  /** Part of a stride that rectangles are larger than their pictures. */
  private static final double MARGIN = 0.5;

  private static final LoadOptions QUIET = LoadOptions.builder().onWarning(w -> {}).build();

  private final TrainOptions options;
  private final TrainData data;
  private final NativeTraining training;
  private final Task task;
  private final int batch;
  private final ValOptions how;

  Measurement(Plan plan, TrainData data, NativeTraining training) {
    this.options = plan.options();
    this.data = data;
    this.training = training;
    this.task = plan.info().task();
    int asked = options.whole(TrainArgument.BATCH) * (task == Task.OBB ? 1 : 2);
    this.batch = Math.min(asked, ValOptions.MAX_BATCH);
    ValOptions.Builder builder =
        ValOptions.builder(Path.of(options.text(TrainArgument.DATA)))
            .imgsz(ImageSize.square(options.whole(TrainArgument.IMGSZ)))
            .batch(batch)
            .singleCls(options.flag(TrainArgument.SINGLE_CLS))
            .rect(true);
    if (options.value(TrainArgument.CLASSES) instanceof List<?> classes) {
      builder.classes(classes.stream().mapToInt(id -> (Integer) id).toArray());
    }
    this.how = builder.build();
  }

  /** Accuracy of the network as it is now, in full precision. */
  ValResult accuracy() {
    NativeModel model = training.average(settings(), "the trained network");
    try {
      ModelInfo info = model.describe();
      return how.run(
          info,
          (images, each) -> model.predict(images, each, info, true, Deadline.of(each.timeout())),
          new Silent());
    } finally {
      model.close();
    }
  }

  private String settings() {
    return new Settings()
        .put(Natives.KEY_DEVICE, options.text(TrainArgument.DEVICE))
        .put(Natives.KEY_THREADS, options.whole(TrainArgument.THREADS))
        .toString();
  }

  /**
   * Accuracy of a checkpoint that was written.
   *
   * @param predicted receives every picture with what was found in it
   */
  ValResult best(Path checkpoint, BiConsumer<Path, Result> predicted) {
    try (Yolo model = Yolo.load(checkpoint, QUIET)) {
      return model.val(
          how,
          new ValListener() {
            @Override
            public void warned(String sentence) {}

            @Override
            public void predicted(Path picture, Result result) {
              predicted.accept(picture, result);
            }
          });
    }
  }

  /** What was warned of when the training began is not told again. */
  private static final class Silent implements ValListener {
    @Override
    public void warned(String sentence) {}
  }

  /** Means of the loss's parts over the pictures to validate with. */
  double[] losses(SampleLoader loader) {
    List<SampleLoader.ValBatch> batches = batches();
    loader.startVal(batches);
    double[] sums = new double[training.losses().size()];
    for (int i = 0; i < batches.size(); i++) {
      int slot = loader.await(i);
      double[] items = training.evaluate(slot, batches.get(i).pictures().length);
      loader.release(i);
      for (int k = 0; k < sums.length; k++) {
        sums[k] += items[k] / batches.size();
      }
    }
    return sums;
  }

  /** The widest pictures first, each batch in a rectangle around its pictures. */
  private List<SampleLoader.ValBatch> batches() {
    List<TrainData.Sample> samples = data.val();
    int[] order =
        IntStream.range(0, samples.size())
            .boxed()
            .sorted(Comparator.comparing(i -> samples.get(i).ratio()))
            .mapToInt(Integer::intValue)
            .toArray();
    int side = options.whole(TrainArgument.IMGSZ);
    List<SampleLoader.ValBatch> batches = new ArrayList<>();
    for (int start = 0; start < order.length; start += batch) {
      int[] pictures = Arrays.copyOfRange(order, start, Math.min(start + batch, order.length));
      double least = samples.get(pictures[0]).ratio();
      double most = samples.get(pictures[pictures.length - 1]).ratio();
      boolean square = task == Task.CLASSIFY || least <= 1 && most >= 1;
      double height = square || most >= 1 ? 1 : most;
      double width = square || least <= 1 ? 1 : 1 / least;
      batches.add(
          task == Task.CLASSIFY
              ? new SampleLoader.ValBatch(pictures, side, side)
              : new SampleLoader.ValBatch(pictures, sized(height, side), sized(width, side)));
    }
    return batches;
  }

  private static int sized(double share, int side) {
    return (int) Math.ceil(share * side / STRIDE + MARGIN) * STRIDE;
  }
}
