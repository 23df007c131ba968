// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.serve.internal.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.IntSupplier;
import java.util.function.ToLongFunction;
import org.yolotorch.serve.internal.http.Reply;

/** The metrics of a server, for Prometheus. Thread-safe. */
public final class Metrics {
  private static final double[] SECONDS = {
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10
  };
  private static final double[] PICTURES = {1, 2, 4, 8, 16, 32, 64, 128, 256};
  private static final String[] LABELS = {"model", "version"};
  private static final double NANOS = 1e-9;

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final ExpositionFormats formats = ExpositionFormats.init();
  private final Histogram requests = seconds("request", "From a request to its answer");
  private final Map<Statistics.Part, Histogram> parts = new EnumMap<>(Statistics.Part.class);
  private final Histogram batches;
  private final Counter failures;
  private final Map<Version, Statistics> versions = new ConcurrentSkipListMap<>();

  private record Version(String model, String version) implements Comparable<Version> {
    @Override
    public int compareTo(Version other) {
      int order = model.compareTo(other.model);
      return order != 0 ? order : version.compareTo(other.version);
    }
  }

  /** The metrics of one version of a model. */
  final class Series {
    private final String model;
    private final String version;

    private Series(String model, String version) {
      this.model = model;
      this.version = version;
    }

    void request(long nanos) {
      requests.labelValues(model, version).observe(nanos * NANOS);
    }

    void spent(Statistics.Part part, long nanos) {
      parts.get(part).labelValues(model, version).observe(nanos * NANOS);
    }

    void batch(int pictures) {
      batches.labelValues(model, version).observe(pictures);
    }

    private void remove() {
      requests.remove(model, version);
      parts.values().forEach(part -> part.remove(model, version));
      batches.remove(model, version);
    }
  }

  /**
   * Metrics without any value yet.
   *
   * @param queueLength requests that are taken but not answered
   * @param triton whether Triton's names are there, too
   */
  public Metrics(IntSupplier queueLength, boolean triton) {
    for (Statistics.Part part : Statistics.Part.values()) {
      String name = part.name().toLowerCase(Locale.ROOT);
      parts.put(part, seconds(name, "Part of a request's time: " + name));
    }
    batches =
        Histogram.builder()
            .name("yolotorch_batch_size")
            .help("Pictures of a run of the network")
            .labelNames(LABELS)
            .classicOnly()
            .classicUpperBounds(PICTURES)
            .register(registry);
    failures =
        Counter.builder()
            .name("yolotorch_failures")
            .help("Requests that were not answered as asked")
            .labelNames("reason")
            .register(registry);
    GaugeWithCallback.builder()
        .name("yolotorch_queue_length")
        .help("Requests that are taken but not answered")
        .callback(gauge -> gauge.call(queueLength.getAsInt()))
        .register(registry);
    if (triton) {
      addTriton(queueLength);
    }
  }

  private Histogram seconds(String name, String help) {
    return Histogram.builder()
        .name("yolotorch_" + name + "_seconds")
        .help(help)
        .labelNames(LABELS)
        .classicOnly()
        .classicUpperBounds(SECONDS)
        .register(registry);
  }

  /** Gauges, because the names of counters would end in _total. */
  private void addTriton(IntSupplier queueLength) {
    triton("request_success", s -> s.succeeded().count());
    triton("request_failure", s -> s.failed().count());
    triton("count", Statistics::pictures);
    triton("exec_count", Statistics::executions);
    triton("request_duration_us", s -> micros(s.succeeded()) + micros(s.failed()));
    triton("queue_duration_us", s -> micros(s.of(Statistics.Part.QUEUE)));
    triton("compute_input_duration_us", s -> micros(s.of(Statistics.Part.PREPROCESS)));
    triton("compute_infer_duration_us", s -> micros(s.of(Statistics.Part.INFERENCE)));
    triton("compute_output_duration_us", s -> micros(s.of(Statistics.Part.POSTPROCESS)));
    GaugeWithCallback.builder()
        .name("nv_inference_pending_request_count")
        .help("As Triton's")
        .callback(gauge -> gauge.call(queueLength.getAsInt()))
        .register(registry);
  }

  private static long micros(Statistics.Times times) {
    return times.nanos() / 1000;
  }

  private void triton(String name, ToLongFunction<Statistics> value) {
    GaugeWithCallback.builder()
        .name("nv_inference_" + name)
        .help("As Triton's")
        .labelNames(LABELS)
        .callback(
            gauge ->
                versions.forEach(
                    (key, statistics) ->
                        gauge.call(value.applyAsLong(statistics), key.model, key.version)))
        .register(registry);
  }

  /** The statistics of a version that is to be loaded. */
  public Statistics begin(String model, String version) {
    return new Statistics(new Series(model, version));
  }

  /** Tells of a version from now on, in place of one of the same number that it replaces. */
  public void serve(String model, String version, Statistics statistics) {
    versions.put(new Version(model, version), statistics);
  }

  /** Takes the metrics of a version away unless another one has taken its place. */
  public void end(String model, String version, Statistics statistics) {
    if (versions.remove(new Version(model, version), statistics)) {
      new Series(model, version).remove();
    }
  }

  /** Counts a request that was not answered as asked. */
  public void failed(String reason) {
    failures.labelValues(reason).inc();
  }

  /** All metrics in the format that a client accepts. */
  public Reply write(String accept) throws IOException {
    ExpositionFormatWriter asked = formats.findWriter(accept);
    // Prometheus may ask for protobuf, and takes text.
    ExpositionFormatWriter writer =
        asked.isAvailable() ? asked : formats.getPrometheusTextFormatWriter();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writer.write(out, registry.scrape());
    return Reply.ok(writer.getContentType(), out.toByteArray());
  }
}
