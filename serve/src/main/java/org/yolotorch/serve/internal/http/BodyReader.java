// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.serve.internal.http;

import java.util.Arrays;
import java.util.function.Consumer;
import org.eclipse.jetty.io.Content;

/**
 * Collects the body of one request as it comes, so that no thread waits for a slow client. Calls
 * its listener once.
 */
final class BodyReader implements Runnable {
  private static final int FIRST_BYTES = 16 << 10;

  private final Content.Source source;
  private final int most;
  private final ByteBudget budget;
  private final ClientPace.Client client;
  private final Consumer<byte[]> whenDone;
  private final Consumer<HttpFailure> whenFailed;
  private byte[] bytes = new byte[0];
  private int length;
  private boolean released;

  /**
   * Reads nothing yet.
   *
   * @param most largest body accepted
   * @param budget gives the memory, which {@link #release()} gives back; null to keep nothing
   * @param client is told of bytes that come
   */
  BodyReader(
      Content.Source source,
      int most,
      ByteBudget budget,
      ClientPace.Client client,
      Consumer<byte[]> whenDone,
      Consumer<HttpFailure> whenFailed) {
    this.source = source;
    this.most = most;
    this.budget = budget;
    this.client = client;
    this.whenDone = whenDone;
    this.whenFailed = whenFailed;
  }

  /** Takes what has come, and comes back when there is more. */
  @Override
  public void run() {
    byte[] body;
    try {
      for (; ; ) {
        Content.Chunk chunk = source.read();
        if (chunk == null) {
          source.demand(this);
          return;
        }
        if (Content.Chunk.isFailure(chunk)) {
          throw new HttpFailure(
              400,
              "broken_body",
              "A body as long as its head says was expected, but it ended early or came too"
                  + " slowly; send it again.");
        }
        try {
          append(chunk);
        } finally {
          chunk.release();
        }
        if (chunk.isLast()) {
          break;
        }
      }
      body = whole();
    } catch (RuntimeException | OutOfMemoryError e) {
      whenFailed.accept(Errors.failure(e));
      return;
    }
    whenDone.accept(body);
  }

  private synchronized byte[] whole() {
    return length == bytes.length || budget == null || released
        ? bytes
        : Arrays.copyOf(bytes, length);
  }

  private synchronized void append(Content.Chunk chunk) {
    int more = chunk.remaining();
    if (more > most - length) {
      throw tooLarge(most);
    }
    if (budget == null || released) {
      length += more;
      client.received(more);
      return;
    }
    if (length + more > bytes.length) {
      long doubled = Math.max(FIRST_BYTES, 2L * bytes.length);
      int size = (int) Math.min(most, Math.max(doubled, length + (long) more));
      long growth = size - (long) bytes.length;
      if (!budget.take(growth)) {
        throw new HttpFailure(
            503,
            "bodies_full",
            "The bodies of all requests must fit into the server's memory, but this one does not"
                + " fit beside the others; send it again later.");
      }
      try {
        bytes = Arrays.copyOf(bytes, size);
      } catch (OutOfMemoryError e) {
        budget.give(growth);
        throw e;
      }
    }
    chunk.get(bytes, length, more);
    length += more;
    client.received(more);
  }

  static HttpFailure tooLarge(int most) {
    return new HttpFailure(
        413,
        "body_too_large",
        "A body must have at most "
            + (most >> 20)
            + " MiB, but this one has more; send less, or start the server with a larger"
            + " max_body_mb.");
  }

  /** Gives the memory back; to be called when the request has been answered. */
  synchronized void release() {
    if (budget != null) {
      budget.give(bytes.length);
    }
    bytes = new byte[0];
    released = true;
  }
}
