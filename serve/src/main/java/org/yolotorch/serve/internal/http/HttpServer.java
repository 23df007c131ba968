// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.serve.internal.http;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.yolotorch.YoloException;
import org.yolotorch.serve.ServeOptions;

/** Jetty, set up for a dispatcher. */
public final class HttpServer {
  /** Threads for what is quick, and Jetty's own. */
  private static final int MORE_THREADS = 32;

  private static final int HEADER_BYTES = 8 << 10;

  /** Of a read from a connection: a picture comes in a few of them. */
  private static final int INPUT_BYTES = 64 << 10;

  /** Connections that the system keeps until they are accepted. */
  private static final int ACCEPT_QUEUE = 1024;

  /** Connections on which nothing has come for so long while the server drains are closed. */
  private static final Duration QUIET = Duration.ofMillis(500);

  private final Server server;
  private final ServerConnector connector;
  private final Dispatcher dispatcher;
  private final ClientPace pace;
  private final String host;
  private final boolean secure;

  public HttpServer(Dispatcher dispatcher, ClientPace pace, ServeOptions options) {
    ServerLog.quietJetty();
    this.dispatcher = dispatcher;
    this.pace = pace;
    this.host = options.host();
    this.secure = options.tlsCert() != null;
    QueuedThreadPool threads =
        new QueuedThreadPool(options.queue() + options.maxBatch() + MORE_THREADS);
    threads.setName("yolotorch-http");
    threads.setDaemon(true);
    server = new Server(threads);
    HttpConnectionFactory http = new HttpConnectionFactory(configuration());
    ConnectionFactory[] factories =
        secure
            ? new ConnectionFactory[] {
              new SslConnectionFactory(
                  Tls.server(options.tlsCert(), options.tlsKey()), http.getProtocol()),
              http
            }
            : new ConnectionFactory[] {http};
    connector = new ServerConnector(server, 1, 1, factories);
    connector.setHost(host);
    connector.setPort(options.port());
    connector.setReuseAddress(true);
    connector.setAcceptQueueSize(ACCEPT_QUEUE);
    // Jetty's would end requests that wait for their turn; ClientPace looks after clients.
    connector.setIdleTimeout(0);
    connector.addBean(pace);
    server.addConnector(connector);
    server.addBean(new Limit(options.maxConnections()));
    server.setHandler(dispatcher);
    server.setErrorHandler(
        (request, response, callback) -> {
          Reply reply = Errors.oip(response.getStatus(), reason(response.getStatus()));
          response.getHeaders().put("Content-Type", reply.type());
          // Jetty ends the connection of a client that breaks the rules, who must know.
          response.getHeaders().put("Connection", "close");
          response.write(true, java.nio.ByteBuffer.wrap(reply.body()), callback);
          return true;
        });
  }

  /** Accepts no connection while so many are open, and has silent ones closed. */
  private final class Limit extends NetworkConnectionLimit {
    Limit(int most) {
      super(most, connector);
    }

    @Override
    protected void limit() {
      pace.crowd(true);
      super.limit();
    }

    @Override
    protected void unlimit() {
      pace.crowd(false);
      super.unlimit();
    }
  }

  private static HttpConfiguration configuration() {
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    configuration.setRequestHeaderSize(HEADER_BYTES);
    configuration.setInputBufferSize(INPUT_BYTES);
    configuration.setUriCompliance(UriCompliance.DEFAULT);
    return configuration;
  }

  private static String reason(int status) {
    return status == 431
        ? "The head of a request must have at most 8 KiB, but this one has more."
        : "A request of HTTP/1.1 was expected, but this one breaks its rules (status "
            + status
            + ").";
  }

  /**
   * Begins to listen.
   *
   * @throws YoloException.InvalidArgument if the address cannot be had
   */
  public void start() {
    try {
      server.start();
    } catch (IOException e) {
      throw new YoloException.InvalidArgument(
          "An address that is free was expected, but "
              + host
              + ":"
              + connector.getPort()
              + " cannot be listened at ("
              + e.getMessage()
              + "); choose another host= or port=.");
    } catch (Exception e) {
      throw new IllegalStateException("The HTTP server did not start.", e);
    }
  }

  /** The port it listens at. */
  public int port() {
    return connector.getLocalPort();
  }

  /** Where a browser on this machine finds it. */
  public URI uri() {
    boolean any = host.equals("0.0.0.0") || host.equals("::");
    String name = any ? "127.0.0.1" : host.contains(":") ? "[" + host + "]" : host;
    return URI.create((secure ? "https://" : "http://") + name + ":" + port());
  }

  /**
   * Takes no connection more, waits until the clients of those there are have their answers, at
   * most for so long, and stops.
   */
  public void drain(Duration most) {
    dispatcher.drain();
    // A request may be on its way on a connection that was quiet so far.
    connector.close();
    long start = System.nanoTime();
    while (pace.open() > 0 && System.nanoTime() - start < most.toNanos()) {
      pace.closeQuiet(QUIET);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("The HTTP server did not stop.", e);
    }
  }
}
