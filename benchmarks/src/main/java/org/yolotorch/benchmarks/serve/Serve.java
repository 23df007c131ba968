// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.serve;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.yolotorch.Image;
import org.yolotorch.Yolo;

/**
 * What the server adds to the library, in turns with the library in this process: throughput with
 * many clients, time of one request, and what happens when far too many come.
 */
public final class Serve {
  private static final int BATCH = 8;
  private static final int CLIENTS = 16;
  private static final int SIDE = 640;

  /** Requests that the server takes at a time: those that wait, and those that run. */
  private static final double PLACES = 64 + BATCH;

  /** Clients of an overload, more than twice the requests that the server takes at a time. */
  private static final int OVERLOAD_CLIENTS = 160;

  /** What is asked for in an overload, in what the server can do. */
  private static final double OVERLOAD = 10;

  private final Path model;
  private final String name;
  private final byte[] jpeg;

  private Serve(Path model, byte[] jpeg) {
    this.model = model;
    this.name = model.getFileName().toString().replaceFirst("\\.[^.]*$", "");
    this.jpeg = jpeg;
  }

  /**
   * Measures everything and prints figures.
   *
   * @param model file of the model
   * @param picture file of the picture that all clients send, as a JPEG of 640 x 640 pixels
   * @param rounds how often the throughput is measured, in turns
   * @param seconds of each measurement
   * @param overloadSeconds of the overload
   */
  public static void measure(
      Path model, Path picture, int rounds, double seconds, double overloadSeconds)
      throws Exception {
    Serve serve = new Serve(model, square(picture));
    try (Yolo own = Yolo.load(model);
        ServerProcess server = ServerProcess.start("model=" + model, "max_batch=" + BATCH)) {
      serve.throughput(own, server, rounds, seconds);
      serve.added(own, server);
    }
    try (ServerProcess server = ServerProcess.start("model=" + model, "max_batch=" + BATCH)) {
      serve.overload(server, overloadSeconds);
    }
  }

  private static byte[] square(Path picture) throws IOException {
    BufferedImage scaled = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = scaled.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(ImageIO.read(picture.toFile()), 0, 0, SIDE, SIDE, null);
    graphics.dispose();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(scaled, "jpg", out);
    return out.toByteArray();
  }

  private LoadClient client(ServerProcess server) {
    return new LoadClient(server.port(), "/v2/models/" + name + "/infer", "image/jpeg", jpeg);
  }

  private Image decode() {
    try {
      return Image.read(new ByteArrayInputStream(jpeg));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Pictures per second of a program that decodes on all cores and predicts lists of 8. */
  private double library(Yolo own, double seconds) {
    long start = System.nanoTime();
    int pictures = 0;
    while (System.nanoTime() - start < seconds * 1e9) {
      List<Image> batch = Stream.generate(this::decode).limit(BATCH).parallel().toList();
      own.predict(batch);
      pictures += batch.size();
    }
    return pictures / ((System.nanoTime() - start) / 1e9);
  }

  private void throughput(Yolo own, ServerProcess server, int rounds, double seconds)
      throws Exception {
    library(own, seconds / 2);
    Load.run(CLIENTS, seconds / 2, 0, () -> client(server));
    List<Double> raw = new ArrayList<>();
    List<Double> rest = new ArrayList<>();
    List<Double> perSecond = new ArrayList<>();
    List<Double> shares = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      double before = library(own, seconds / 2);
      Load load = Load.run(CLIENTS, seconds, 0, () -> client(server));
      double library = (before + library(own, seconds / 2)) / 2;
      perSecond.add(load.perSecond());
      raw.add(load.perSecond() / library);
      rest.add(load.perSecondOfTheRest() / library);
      shares.add(100 * load.share());
    }
    figure("serve_requests_per_s", median(perSecond), "1/s");
    figure("serve_vs_library", median(raw), "times");
    figure("serve_vs_library_without_clients", median(rest), "times");
    figure("serve_clients_share", median(shares), "%");
  }

  /** Time of one request at a time, against decoding and predicting in this process, in turns. */
  private void added(Yolo own, ServerProcess server) throws Exception {
    List<Double> over = new ArrayList<>();
    List<Double> added = new ArrayList<>();
    try (LoadClient client = client(server)) {
      for (int i = 0; i < 160; i++) {
        long start = System.nanoTime();
        client.ask();
        long middle = System.nanoTime();
        own.predict(decode());
        long end = System.nanoTime();
        // The first are warmed up for.
        if (i >= 40) {
          over.add((middle - start) / 1e6);
          added.add((2 * middle - start - end) / 1e6);
        }
      }
    }
    figure("serve_one_request", median(over), "ms");
    figure("serve_added", median(added), "ms");
  }

  private void overload(ServerProcess server, double seconds) throws Exception {
    double rate = Load.run(CLIENTS, 5, 0, () -> client(server)).perSecond();
    // A refused client comes back after such a time that all together ask ten times the rate.
    long pause = (long) (1e9 * (OVERLOAD_CLIENTS - PLACES) / ((OVERLOAD - 1) * rate));
    Load.run(OVERLOAD_CLIENTS, seconds / 2, pause, () -> client(server));
    double before = server.resident();
    Load load = Load.run(OVERLOAD_CLIENTS, seconds, pause, () -> client(server));
    double after = server.resident();
    int asked = load.statuses().values().stream().mapToInt(Integer::intValue).sum();
    System.out.println("answers by status: " + load.statuses());
    figure("serve_overload_offered", asked / load.seconds() / rate, "times");
    figure("serve_overload_failed", load.failed(), "requests");
    figure("serve_overload_refused", load.statuses().getOrDefault(503, 0), "requests");
    figure("serve_overload_accepted_vs_calm", load.perSecond() / rate, "times");
    figure("serve_overload_p99", load.percentile(0.99), "ms");
    // All places at the rate of that time.
    figure("serve_overload_queue_by_rate", PLACES / load.perSecond() * 1e3, "ms");
    figure("serve_overload_memory_growth", after / before, "times");
  }

  private static double median(List<Double> values) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }

  private static void figure(String name, double value, String unit) {
    System.out.printf(Locale.ROOT, "FIGURE %s=%.4g %s%n", name, value, unit);
  }
}
