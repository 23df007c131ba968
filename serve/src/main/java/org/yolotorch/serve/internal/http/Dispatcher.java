// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.serve.internal.http;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;

/** Finds the route of each request and answers it within the server's limits. Thread-safe. */
public final class Dispatcher extends Handler.Abstract {
  /** Part of Java's heap that bodies may take; numbers in JSON take several times as much. */
  private static final int BODY_SHARE = 8;

  /** What a dispatcher keeps to. */
  public record Limits(int maxBodyBytes, long timeoutNanos, LongSupplier clock) {}

  private final List<Route> routes;
  private final Limits limits;
  private final Admission admission;
  private final Access access;
  private final ClientPace pace;
  private final FailureListener failures;
  private final ByteBudget budget;
  private volatile boolean draining;

  /** Is told of each request that is not answered as asked. */
  @FunctionalInterface
  public interface FailureListener {
    /** The failure; its cause is there where it is the server's own. */
    void failed(HttpFailure failure);
  }

  /** A dispatcher for these routes, of which the first that fits counts. */
  public Dispatcher(
      List<Route> routes,
      Limits limits,
      Admission admission,
      Access access,
      ClientPace pace,
      FailureListener failures) {
    this.routes = routes;
    this.limits = limits;
    this.admission = admission;
    this.access = access;
    this.pace = pace;
    this.failures = failures;
    this.budget =
        new ByteBudget(
            Math.max(limits.maxBodyBytes(), Runtime.getRuntime().maxMemory() / BODY_SHARE));
  }

  /** From now on each answer asks the client to open no further request on its connection. */
  public void drain() {
    draining = true;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Deadline deadline =
        new Deadline(limits.clock(), limits.clock().getAsLong(), limits.timeoutNanos());
    ClientPace.Client client = pace.of(request.getConnectionMetaData().getConnection());
    client.rest();
    Exchange exchange = new Exchange(response, callback, client, () -> draining, failures);
    Consumer<byte[]> whenDone;
    boolean wanted = true;
    try {
      whenDone = plan(request, exchange, client, deadline);
    } catch (HttpFailure e) {
      if (request.getLength() > limits.maxBodyBytes()) {
        exchange.failAndClose(e);
        return true;
      }
      // The body is read all the same: who still sends it would not see the answer otherwise.
      whenDone = none -> exchange.fail(e);
      wanted = false;
    }
    BodyReader reader =
        new BodyReader(
            request,
            limits.maxBodyBytes(),
            wanted ? budget : null,
            client,
            whenDone,
            exchange::failAndClose);
    exchange.whenDone(reader::release);
    client.awaitBody(() -> exchange.failAndClose(slowBody()));
    reader.run();
    return true;
  }

  private static HttpFailure slowBody() {
    return new HttpFailure(
        408,
        "slow_body",
        "A body must come without a long break, but this one came too slowly; send it again.");
  }

  /** What is to be done with the body of a request. */
  private Consumer<byte[]> plan(
      Request request, Exchange exchange, ClientPace.Client client, Deadline deadline) {
    String method = request.getMethod();
    Map<String, String> names = new HashMap<>();
    Route route =
        find(method.equals("HEAD") ? "GET" : method, Request.getPathInContext(request), names);
    exchange.writeErrorsAs(route.errors());
    access.check(route, request);
    if (request.getLength() > limits.maxBodyBytes()) {
      throw BodyReader.tooLarge(limits.maxBodyBytes());
    }
    Map<String, String> query = query(request);
    boolean work = route.kind() == Route.Kind.WORK;
    if (work && admission.isFull()) {
      throw admission.full();
    }
    if (isEncoded(request)) {
      throw new HttpFailure(
          415, "encoding", "A plain body was expected, but this one is encoded; send it as it is.");
    }
    return body -> {
      client.rest();
      Call call = new Call(names, query, request.getHeaders()::get, body, deadline);
      exchange.answer(() -> work ? work(route, call) : run(route, call));
    };
  }

  private static boolean isEncoded(Request request) {
    String content = request.getHeaders().get(HttpHeader.CONTENT_ENCODING);
    String transfer = request.getHeaders().get(HttpHeader.TRANSFER_ENCODING);
    return content != null && !content.equalsIgnoreCase("identity")
        || transfer != null && !transfer.strip().equalsIgnoreCase("chunked");
  }

  private Reply work(Route route, Call call) throws Exception {
    admission.enter();
    try {
      return run(route, call);
    } finally {
      admission.leave();
    }
  }

  private static Reply run(Route route, Call call) throws Exception {
    call.deadline().check();
    return route.work().answer(call);
  }

  private Route find(String method, String path, Map<String, String> names) {
    TreeSet<String> others = new TreeSet<>();
    for (Route route : routes) {
      Map<String, String> found = route.match(path);
      if (found != null && route.method().equals(method)) {
        names.putAll(found);
        return route;
      }
      if (found != null) {
        others.add(route.method());
      }
    }
    if (others.isEmpty()) {
      throw new HttpFailure(
          404, "no_path", "A path of the server was expected, but it has none like this one.");
    }
    throw HttpFailure.wrongMethod(others, method);
  }

  private static Map<String, String> query(Request request) {
    Map<String, String> values = new HashMap<>();
    try {
      for (Fields.Field field : Request.extractQueryParameters(request)) {
        values.put(field.getName(), field.getValue());
      }
    } catch (RuntimeException e) {
      throw HttpFailure.badRequest(
          "An address in UTF-8 with percent signs was expected, but what follows its question mark"
              + " cannot be read; encode it.");
    }
    return values;
  }
}
