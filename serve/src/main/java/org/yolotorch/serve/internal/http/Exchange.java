// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.serve.internal.http;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** One request until its answer is written. Thread-safe: of several answers the first counts. */
final class Exchange {
  private final Response response;
  private final Callback callback;
  private final ClientPace.Client client;
  private final BooleanSupplier draining;
  private final Dispatcher.FailureListener failures;
  private final AtomicBoolean answered = new AtomicBoolean();
  private Route.ErrorForm errors = Errors::oip;
  private volatile Runnable whenDone = () -> {};
  private volatile boolean closes;

  Exchange(
      Response response,
      Callback callback,
      ClientPace.Client client,
      BooleanSupplier draining,
      Dispatcher.FailureListener failures) {
    this.response = response;
    this.callback = callback;
    this.client = client;
    this.draining = draining;
    this.failures = failures;
  }

  void writeErrorsAs(Route.ErrorForm form) {
    errors = form;
  }

  void whenDone(Runnable action) {
    whenDone = action;
  }

  /** Work that gives a reply. */
  interface Answering {
    Reply reply() throws Exception;
  }

  void answer(Answering work) {
    Reply reply;
    try {
      reply = work.reply();
    } catch (Exception | Error e) {
      fail(Errors.failure(e));
      return;
    }
    send(reply);
  }

  /** Answers a request of which not all has come. */
  void failAndClose(HttpFailure failure) {
    closes = true;
    fail(failure);
  }

  void fail(HttpFailure failure) {
    if (!answered.get()) {
      failures.failed(failure);
    }
    Reply reply = errors.of(failure.status(), failure.getMessage());
    send(
        switch (failure.status()) {
          case 503 -> reply.with("Retry-After", "1");
          case 401 -> reply.with("WWW-Authenticate", "Bearer");
          case 405 -> reply.with("Allow", failure.allowed());
          default -> reply;
        });
  }

  private void send(Reply reply) {
    if (!answered.compareAndSet(false, true)) {
      return;
    }
    client.await(reply.body().length);
    response.setStatus(reply.status());
    if (reply.type() != null) {
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, reply.type());
    }
    reply.headers().forEach((name, value) -> response.getHeaders().put(new HttpField(name, value)));
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, reply.body().length);
    if (closes || draining.getAsBoolean()) {
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
    }
    response.write(true, ByteBuffer.wrap(reply.body()), Callback.from(this::done, callback));
  }

  private void done() {
    client.awaitRequest();
    whenDone.run();
  }
}
