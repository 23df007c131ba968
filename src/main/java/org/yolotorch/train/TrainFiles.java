// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.yolotorch.Result;
import org.yolotorch.YoloException;
import org.yolotorch.internal.NativeFolder;
import org.yolotorch.internal.WholeFile;
import org.yolotorch.internal.bridge.NativeTraining;
import org.yolotorch.internal.text.JsonValue;
import org.yolotorch.val.ValResult;

/** Writes the run folder of a training; each file appears whole or not at all. */
final class TrainFiles {
  private final Plan plan;
  private final TrainOptions options;
  private final NativeTraining training;
  private final Path folder;
  private final Path weights;
  private final Path cache;
  private final TrainPictures pictures;

  TrainFiles(Plan plan, TrainData data, NativeTraining training, Path folder) {
    this.plan = plan;
    this.options = plan.options();
    this.training = training;
    this.folder = folder;
    this.weights = folder.resolve("weights");
    this.cache = folder.resolve("cache");
    this.pictures =
        options.flag(TrainArgument.PLOTS) ? new TrainPictures(plan, data, training, folder) : null;
  }

  Path best() {
    return weights.resolve("best.pt");
  }

  Path last() {
    return weights.resolve("last.pt");
  }

  /** Writes args.yaml, and what can be drawn before the first batch. */
  void writeArguments() {
    try {
      Files.createDirectories(weights);
    } catch (IOException e) {
      throw new YoloException.WriteFailed(
          "A folder for the weights must be made at '"
              + weights
              + "', but that failed ("
              + WholeFile.reason(e)
              + "); choose another one with project=.",
          e);
    }
    Map<String, Object> arguments = plan.arguments();
    arguments.put("save_dir", folder.toString());
    WholeFile.writeText(folder.resolve("args.yaml"), ArgsYaml.of(arguments));
    if (pictures != null && plan.resumed() == null) {
      pictures.labels();
    }
  }

  /** Has decoded pictures kept in files, if that was asked for. */
  void keepCache() {
    if (!"disk".equals(options.value(TrainArgument.CACHE))) {
      return;
    }
    try {
      for (String part : new String[] {"train", "val"}) {
        Files.createDirectories(cache.resolve(part));
      }
    } catch (IOException e) {
      throw new YoloException.WriteFailed(
          "A folder for decoded pictures must be made at '"
              + cache
              + "', but that failed ("
              + WholeFile.reason(e)
              + "); choose another one with project=.",
          e);
    }
    training.keepOnDisk(cache);
  }

  /** Removes those files. */
  void dropCache() {
    if (!Files.isDirectory(cache)) {
      return;
    }
    try (Stream<Path> files = Files.walk(cache)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new YoloException.WriteFailed(
          "Decoded pictures must be removed from '"
              + cache
              + "', but that failed ("
              + WholeFile.reason(e)
              + "); delete the folder.",
          e);
    }
  }

  /** Draws the batches that YOLO users look at: the first three, and the first without mosaics. */
  void drawBatch(int epoch, int index, int batches, int slot, int count) {
    if (pictures != null) {
      pictures.batch(epoch, index, batches, slot, count);
    }
  }

  /** Writes what an epoch that is done leaves. */
  void writeEpoch(TrainState state, boolean best, double fitness, Map<String, Double> row) {
    WholeFile.writeText(folder.resolve("results.csv"), state.results.csv());
    if (!options.flag(TrainArgument.SAVE)) {
      return;
    }
    String info = info(state, fitness, row);
    training.save(last(), info, state.text(), false);
    if (best) {
      training.save(best(), info, "", true);
    }
    int period = options.whole(TrainArgument.SAVE_PERIOD);
    if (period > 0 && state.epoch % period == 0) {
      training.save(
          weights.resolve("epoch" + (state.epoch - 1) + ".pt"), info, state.text(), false);
    }
  }

  /** Writes a checkpoint in the middle of an epoch, from which the training can go on. */
  void writeLast(TrainState state) {
    if (options.flag(TrainArgument.SAVE)) {
      training.save(last(), info(state, state.bestFitness, Map.of()), state.text(), false);
    }
  }

  /** Writes last.pt without what only the training needed. */
  void writeFinished(TrainState state) {
    if (state.epoch > 0) {
      training.save(last(), info(state, state.bestFitness, Map.of()), "", true);
    }
  }

  /** Draws the first pictures of the last validation. */
  BiConsumer<Path, Result> predicted() {
    return pictures == null ? (picture, result) -> {} : pictures.predicted()::add;
  }

  void writePlots(TrainState state, Optional<ValResult> val) {
    if (pictures != null) {
      pictures.results(state.results);
      val.ifPresent(pictures::validation);
    }
  }

  /** What Ultralytics' checkpoints hold beside the network. */
  private String info(TrainState state, double fitness, Map<String, Double> row) {
    Map<String, Object> metrics = new LinkedHashMap<>();
    row.forEach(
        (name, value) -> {
          if (name.startsWith("metrics/") || name.startsWith("val/")) {
            metrics.put(name, value);
          }
        });
    metrics.put("fitness", fitness);
    String license = options.text(TrainArgument.LICENSE);
    if (license == null && !training.text("license").isEmpty()) {
      license = training.text("license");
    }
    Map<String, Object> info = new LinkedHashMap<>();
    info.put("date", LocalDateTime.now().toString());
    info.put("version", NativeFolder.VERSION);
    info.put("license", license);
    info.put("docs", null);
    info.put("epoch", state.epoch - 1);
    info.put("best_fitness", state.bestFitness);
    info.put("updates", null);
    info.put("optimizer", null);
    info.put("scaler", null);
    info.put("train_args", plan.arguments());
    info.put("train_metrics", metrics);
    info.put("train_results", state.results.columns());
    return JsonValue.of(info);
  }
}
