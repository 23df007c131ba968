// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.peer;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.yolotorch.Image;
import org.yolotorch.Yolo;

/** What yolotorch finds in pictures of any size. */
public final class Predictions implements AutoCloseable {
  private final Yolo model;

  /**
   * Loads a model.
   *
   * @param peer ours, with options as in {@link Peers#NAMES}
   */
  public Predictions(Path assets, String model, String peer, int threads) throws Unavailable {
    List<String> parts = Arrays.asList(peer.split("-"));
    Job job = Job.ofOne(assets, model, threads);
    this.model =
        Yolo.load(job.forYolotorch(), OursPeer.options(parts.subList(1, parts.size()), threads));
  }

  /** What is found in a picture file. */
  public List<Found> of(Path picture) {
    return OursPeer.found(model.predict(Image.read(picture)));
  }

  @Override
  public void close() {
    model.close();
  }
}
