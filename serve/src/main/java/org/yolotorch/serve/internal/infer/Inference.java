// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.serve.internal.infer;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.yolotorch.Image;
import org.yolotorch.PredictOptions;
import org.yolotorch.RawTensor;
import org.yolotorch.Result;
import org.yolotorch.Speed;
import org.yolotorch.Yolo;
import org.yolotorch.serve.internal.http.Deadline;
import org.yolotorch.serve.internal.http.HttpFailure;
import org.yolotorch.serve.internal.models.Repository;
import org.yolotorch.serve.internal.models.ServedModel;

/** Predicts for requests. Thread-safe. */
public final class Inference {
  private final Repository repository;
  private final Pictures pictures;

  public Inference(Repository repository, Pictures pictures) {
    this.repository = repository;
    this.pictures = pictures;
  }

  /** What a request does with its model. */
  public interface Work<T> {
    T with(Use use) throws IOException;
  }

  /**
   * Does the work of a request with a model, which stays open until then, and counts it.
   *
   * @param version its version, or null for the newest
   * @throws HttpFailure if there is no such model, or none that is ready
   */
  public <T> T with(String name, String version, Deadline deadline, Work<T> work)
      throws IOException {
    ServedModel served = find(name, version);
    boolean done = false;
    try {
      T answer = work.with(new Use(served, deadline));
      done = true;
      return answer;
    } finally {
      if (!done) {
        served.statistics().failed(deadline.spent());
      }
      served.leave();
    }
  }

  /** A model that is ready; the caller must call {@link ServedModel#leave()}. */
  public ServedModel find(String name, String version) {
    ServedModel served = repository.enter(name, version);
    if (served != null) {
      return served;
    }
    throw missing(repository, name, version);
  }

  /** Why a model cannot be had. */
  public static HttpFailure missing(Repository repository, String name, String version) {
    boolean known =
        repository.states(name).stream()
            .anyMatch(state -> version == null || state.version().equals(version));
    if (known) {
      return new HttpFailure(
          503,
          "not_ready",
          "A model that is ready was expected, but this one is not; see its state.");
    }
    return new HttpFailure(
        404,
        "no_model",
        "A model of this server was expected, but it has none of this name and version; it has "
            + repository.names()
            + ".");
  }

  /** A model in the hands of one request. */
  public final class Use {
    private final ServedModel served;
    private final Deadline deadline;

    private Use(ServedModel served, Deadline deadline) {
      this.served = served;
      this.deadline = deadline;
    }

    /** The same, which must be answered within this time of the request. */
    Use within(Duration allowed) {
      return new Use(served, deadline.atMost(allowed));
    }

    public Yolo model() {
      return served.model();
    }

    public ServedModel served() {
      return served;
    }

    /** Decodes and predicts pictures. */
    public List<Result> encoded(List<byte[]> encoded, PredictOptions.Builder options)
        throws IOException {
      try (Pictures.Decoded decoded = pictures.decode(encoded, deadline)) {
        return predict(decoded.images(), decoded.nanos(), options);
      }
    }

    /** Predicts pictures that came as pixels. */
    public List<Result> pixels(List<Image> images, PredictOptions.Builder options) {
      pictures.checkPixels(
          images.stream().mapToLong(image -> (long) image.width() * image.height()).sum());
      return predict(images, 0, options);
    }

    private List<Result> predict(
        List<Image> images, long decoding, PredictOptions.Builder options) {
      deadline.check();
      List<Result> results =
          served.model().predict(images, options.timeout(deadline.left()).build());
      if (!results.isEmpty()) {
        answered(results.size(), decoding, results.get(0).speed());
      }
      return results;
    }

    /** Runs the network alone. */
    public List<RawTensor> raw(RawTensor input) {
      long[] shape = input.shape();
      pictures.checkPixels(shape.length < 4 ? 0 : shape[0] * shape[2] * shape[3]);
      deadline.check();
      long start = System.nanoTime();
      List<RawTensor> outputs = served.model().predictRaw(input);
      double spent = (System.nanoTime() - start) / 1e6;
      int size = (int) Math.max(1, shape[0]);
      Speed speed = new Speed(0, spent / size, 0);
      served.statistics().batch(size, List.of(Duration.ZERO), speed);
      answered(size, 0, speed);
      return outputs;
    }

    private void answered(int size, long decoding, Speed speed) {
      served.statistics().answered(size, deadline.spent(), decoding, speed);
    }
  }
}
