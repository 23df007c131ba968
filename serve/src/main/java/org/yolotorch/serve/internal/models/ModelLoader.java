// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.serve.internal.models;

import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.yolotorch.Batching;
import org.yolotorch.LoadOptions;
import org.yolotorch.Precision;
import org.yolotorch.Weights;
import org.yolotorch.Yolo;
import org.yolotorch.serve.internal.metrics.Metrics;
import org.yolotorch.serve.internal.metrics.Statistics;

/**
 * Loads models for requests that come at the same time.
 *
 * @param device where networks run
 * @param precision what they compute in
 * @param maxBatch most pictures of one run
 * @param maxDelay longest wait of a request for others
 * @param metrics is told what models do
 */
public record ModelLoader(
    String device, Precision precision, int maxBatch, Duration maxDelay, Metrics metrics)
    implements Repository.Loader {
  private static final System.Logger LOG = System.getLogger("org.yolotorch.serve");

  /** More than a network of any size takes for a picture of the usual sizes. */
  private static final Duration OF_A_PICTURE = Duration.ofSeconds(30);

  @Override
  public ServedModel load(String name, long version, Path file) {
    Statistics statistics = metrics.begin(name, Long.toString(version));
    LoadOptions options =
        LoadOptions.builder()
            .device(device)
            .precision(precision)
            .warmup(true)
            .timeout(OF_A_PICTURE.multipliedBy(maxBatch))
            .batching(
                new Batching(
                    maxBatch,
                    maxDelay,
                    batch ->
                        statistics.batch(
                            batch.pictures(), batch.waits(), batch.speed().orElse(null))))
            .onWarning(warning -> LOG.log(Level.WARNING, warning))
            .build();
    Yolo model = open(file, options);
    metrics.serve(name, Long.toString(version), statistics);
    return new ServedModel(
        name,
        version,
        model,
        statistics,
        () -> metrics.end(name, Long.toString(version), statistics));
  }

  private static Yolo open(Path file, LoadOptions options) {
    if (MarFile.isMar(file)) {
      MarFile mar = MarFile.read(file);
      return Yolo.load(mar.bytes(), mar.name(), options);
    }
    boolean published =
        file.getParent() == null
            && !Files.exists(file)
            && Weights.names().contains(file.toString());
    return Yolo.load(published ? Weights.download(file.toString()) : file, options);
  }
}
