// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.serve.internal.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.ConnectionMetaData;

/**
 * Closes the connections of clients that are too slow: whose request head, body or reading of the
 * answer takes longer than the idle timeout and the time of their bytes at {@value
 * #BYTES_PER_SECOND} bytes per second. Jetty's own idle timeout begins anew with each byte.
 * Thread-safe.
 */
public final class ClientPace implements Connection.Listener {
  private static final long BYTES_PER_SECOND = 64 << 10;
  private static final long NANOS_PER_BYTE = 1_000_000_000 / BYTES_PER_SECOND;

  /** Connections that wait for a request for so long are closed while there are too many. */
  private static final Duration CROWDED = Duration.ofMillis(250);

  private final long idleNanos;
  private final LongSupplier clock;
  private final Map<Connection, Client> clients = new ConcurrentHashMap<>();
  private volatile boolean crowded;

  public ClientPace(Duration idle, LongSupplier clock) {
    this.idleNanos = idle.toNanos();
    this.clock = clock;
  }

  /** One connection. Its methods tell what it is waited for. */
  final class Client {
    private final Connection connection;
    private volatile long due;
    private volatile boolean awaited;
    private volatile boolean quiet = true;
    private volatile long since;
    private volatile Runnable whenSlow;

    private Client(Connection connection) {
      this.connection = connection;
      awaitRequest();
    }

    /** The client is to send the head of a request. */
    void awaitRequest() {
      await(0);
      since = System.nanoTime();
      quiet = true;
    }

    /** The client is to take an answer of so many bytes. */
    void await(long bytes) {
      whenSlow = connection.getEndPoint()::close;
      due = clock.getAsLong() + idleNanos + bytes * NANOS_PER_BYTE;
      awaited = true;
    }

    /** The client is to send a body. */
    void awaitBody(Runnable otherwise) {
      await(0);
      whenSlow = otherwise;
    }

    /** Bytes of a body have come. */
    void received(int bytes) {
      due += bytes * NANOS_PER_BYTE;
    }

    /** The server is to do something. */
    void rest() {
      quiet = false;
      awaited = false;
    }

    private void check(long now) {
      if (awaited && now - due > 0) {
        awaited = false;
        whenSlow.run();
      }
    }
  }

  @Override
  public void onOpened(Connection connection) {
    // Below it may lie one that encrypts.
    if (connection instanceof ConnectionMetaData) {
      clients.put(connection, new Client(connection));
    }
  }

  @Override
  public void onClosed(Connection connection) {
    clients.remove(connection);
  }

  Client of(Connection connection) {
    // One that was closed meanwhile is not listed.
    Client client = clients.get(connection);
    return client == null ? new Client(connection) : client;
  }

  /** Connections that are open. */
  int open() {
    return clients.size();
  }

  /** Whether more connections wait than may be open. */
  void crowd(boolean now) {
    crowded = now;
  }

  /** Closes the connections that have waited for a request for so long. */
  void closeQuiet(Duration least) {
    long now = System.nanoTime();
    for (Client client : clients.values()) {
      if (client.quiet && now - client.since > least.toNanos()) {
        client.connection.getEndPoint().close();
      }
    }
  }

  /** Closes the connections whose time is over; to be called often. */
  public void sweep() {
    long now = clock.getAsLong();
    clients.values().forEach(client -> client.check(now));
    if (crowded) {
      closeQuiet(CROWDED);
    }
  }
}
