// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.serve;

import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.yolotorch.Yolo;
import org.yolotorch.YoloException;
import org.yolotorch.serve.internal.http.Access;
import org.yolotorch.serve.internal.http.Admission;
import org.yolotorch.serve.internal.http.ClientPace;
import org.yolotorch.serve.internal.http.Dispatcher;
import org.yolotorch.serve.internal.http.Errors;
import org.yolotorch.serve.internal.http.HttpFailure;
import org.yolotorch.serve.internal.http.HttpServer;
import org.yolotorch.serve.internal.http.Route;
import org.yolotorch.serve.internal.infer.Inference;
import org.yolotorch.serve.internal.infer.Pictures;
import org.yolotorch.serve.internal.metrics.Metrics;
import org.yolotorch.serve.internal.models.ModelLoader;
import org.yolotorch.serve.internal.models.ModelState;
import org.yolotorch.serve.internal.models.Repository;
import org.yolotorch.serve.internal.routes.DeepStackRoutes;
import org.yolotorch.serve.internal.routes.InferenceRoutes;
import org.yolotorch.serve.internal.routes.ModelRoutes;
import org.yolotorch.serve.internal.routes.PageRoutes;
import org.yolotorch.serve.internal.routes.RepositoryRoutes;
import org.yolotorch.serve.internal.routes.TorchServeRoutes;

/**
 * A server that answers pictures with what models find in them, over HTTP.
 *
 * <pre>{@code
 * try (YoloServer server = YoloServer.start(ServeOptions.of("model=yolo11n.torchscript"))) {
 *   System.out.println("Open " + server.uri());
 *   Thread.currentThread().join();
 * }
 * }</pre>
 *
 * <p>Thread-safe. Any number of servers can run in a process.
 */
public final class YoloServer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("org.yolotorch.serve");
  private static final long LOOK_MILLIS = 1000;
  private static final long SWEEP_MILLIS = 250;

  /** What requests beyond those that wait may take: the answer of a model's next batch. */
  private static final Duration DRAIN_MARGIN = Duration.ofSeconds(5);

  private final Repository repository;
  private final ClientPace pace;
  private final HttpServer http;
  private final Duration patience;
  private final ScheduledExecutorService timer;
  private volatile boolean ready;

  private YoloServer(ServeOptions options, LongSupplier clock) {
    Admission admission = new Admission(options.queue() + options.maxBatch());
    Metrics metrics = new Metrics(admission::taken, options.tritonMetrics());
    this.patience = options.timeout().plus(DRAIN_MARGIN);
    this.repository =
        new Repository(
            options.models(),
            options.repository(),
            options.allVersions(),
            new ModelLoader(
                options.device(),
                options.precision(),
                options.maxBatch(),
                options.maxDelay(),
                metrics));
    this.pace = new ClientPace(options.idleTimeout(), clock);
    Inference inference =
        new Inference(repository, new Pictures(options.maxPixels(), options.maxBodyBytes()));
    Dispatcher dispatcher =
        new Dispatcher(
            routes(options, inference, metrics),
            new Dispatcher.Limits(options.maxBodyBytes(), options.timeout().toNanos(), clock),
            admission,
            new Access(options.token(), options.host()),
            pace,
            failure -> failed(metrics, failure));
    this.http = new HttpServer(dispatcher, pace, options);
    this.timer = Executors.newScheduledThreadPool(2, YoloServer::thread);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "yolotorch-serve");
    thread.setDaemon(true);
    return thread;
  }

  private List<Route> routes(ServeOptions options, Inference inference, Metrics metrics) {
    List<Route> routes = new ArrayList<>();
    routes.addAll(new InferenceRoutes(inference).routes());
    routes.addAll(
        new ModelRoutes(
                repository,
                inference,
                this::isReady,
                options.maxBatch(),
                options.maxDelay().toNanos() / 1000)
            .routes());
    routes.addAll(new RepositoryRoutes(repository, options.admin()).routes());
    routes.addAll(new TorchServeRoutes(inference, this::isReady).routes());
    routes.addAll(new DeepStackRoutes(repository, inference).routes());
    routes.addAll(new PageRoutes().routes());
    routes.add(
        new Route(
            "GET",
            "/metrics",
            Route.Kind.LIGHT,
            call -> metrics.write(call.header("Accept")),
            Errors::oip));
    return routes;
  }

  private static void failed(Metrics metrics, HttpFailure failure) {
    metrics.failed(failure.reason());
    if (failure.status() >= 500 && failure.status() != 503) {
      LOG.log(Level.ERROR, failure.getMessage(), failure.getCause());
    }
  }

  /**
   * Loads the models and begins to listen.
   *
   * @throws YoloException if a model given by its file cannot be loaded, or the address cannot be
   *     listened at; a model in the repository that cannot be loaded is logged
   */
  public static YoloServer start(ServeOptions options) {
    YoloServer server = start(options, System::nanoTime);
    server.repeat(server.repository::refresh, LOOK_MILLIS);
    server.repeat(server.pace::sweep, SWEEP_MILLIS);
    return server;
  }

  /** As above by a clock in nanoseconds, and without looking at anything again by itself. */
  static YoloServer start(ServeOptions options, LongSupplier clock) {
    YoloServer server = new YoloServer(options, clock);
    try {
      server.repository.refresh();
      server.http.start();
      server.ready = true;
      return server;
    } catch (RuntimeException | Error e) {
      server.close();
      throw e;
    }
  }

  private void repeat(Runnable work, long millis) {
    timer.scheduleWithFixedDelay(
        () -> {
          try {
            work.run();
          } catch (RuntimeException | Error e) {
            // The next time may succeed; without this there would be none.
            LOG.log(Level.ERROR, "What the server does again and again failed.", e);
          }
        },
        millis,
        millis,
        TimeUnit.MILLISECONDS);
  }

  /** Looks for new models and slow clients now. */
  void lookNow() {
    repository.refresh();
    pace.sweep();
  }

  private boolean isReady() {
    return ready && Yolo.healthy();
  }

  /** The port it listens at. */
  public int port() {
    return http.port();
  }

  /** Where a browser on this machine finds it. */
  public URI uri() {
    return http.uri();
  }

  /** The models and versions that were tried, those that serve and those that cannot. */
  public List<String> models() {
    List<String> models = new ArrayList<>();
    for (String name : repository.names()) {
      for (ModelState state : repository.states(name)) {
        models.add(
            name + " " + state.version() + (state.ready() ? "" : " (" + state.reason() + ")"));
      }
    }
    return models;
  }

  /**
   * Answers what has come, takes nothing more, and closes the models. Waits for that, at most for
   * the timeout of a request and five seconds.
   */
  @Override
  public void close() {
    ready = false;
    http.drain(patience);
    timer.shutdownNow();
    repository.close();
  }
}
