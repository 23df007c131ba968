// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.serve.internal.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.yolotorch.YoloException;
import org.yolotorch.serve.ServeOptions;
import org.yolotorch.serve.support.Client;
import org.yolotorch.serve.support.RawConnection;
import org.yolotorch.serve.support.TurnedClock;

/** What the server does with requests, whatever they ask for. */
class DispatcherTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration IDLE = Duration.ofSeconds(30);
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int PLACES = 3;
  private static final int MAX_BODY = 1 << 20;

  private final TurnedClock clock = new TurnedClock();
  private final ClientPace pace = new ClientPace(IDLE, clock);
  private final Admission admission = new Admission(PLACES);
  private final List<String> failures = java.util.Collections.synchronizedList(new ArrayList<>());
  private final BlockingQueue<Call> entered = new LinkedBlockingQueue<>();
  private final CountDownLatch held = new CountDownLatch(1);
  private final ExecutorService callers = Executors.newCachedThreadPool();
  private HttpServer server;
  private Client client;

  @BeforeEach
  void start() {
    start(null);
  }

  private void start(String token) {
    List<Route> routes =
        List.of(
            route("GET", "/open", Route.Kind.OPEN, call -> Reply.json("1")),
            route("GET", "/light", Route.Kind.LIGHT, call -> Reply.json("2")),
            route("POST", "/echo", Route.Kind.WORK, call -> Reply.ok("text/plain", call.body())),
            route("POST", "/held", Route.Kind.WORK, this::hold),
            route(
                "POST",
                "/large",
                Route.Kind.LIGHT,
                call -> Reply.ok("text/plain", new byte[64 << 20])),
            route("POST", "/yolo", Route.Kind.WORK, DispatcherTest::failAsAsked),
            route(
                "POST",
                "/defect",
                Route.Kind.WORK,
                call -> {
                  throw new IllegalStateException("a secret of the server");
                }));
    Dispatcher dispatcher =
        new Dispatcher(
            routes,
            new Dispatcher.Limits(MAX_BODY, TIMEOUT.toNanos(), clock),
            admission,
            new Access(token, "127.0.0.1"),
            pace,
            failure -> failures.add(failure.reason()));
    server =
        new HttpServer(dispatcher, pace, ServeOptions.of("model=none.pt", "port=0", "queue=8"));
    server.start();
    client = new Client(server.uri());
  }

  @AfterEach
  void stop() {
    held.countDown();
    server.drain(PATIENCE);
    callers.shutdown();
  }

  private static Route route(String method, String path, Route.Kind kind, Route.Work work) {
    return new Route(method, path, kind, work, Errors::oip);
  }

  private Reply hold(Call call) throws InterruptedException {
    entered.add(call);
    held.await();
    return Reply.json("3");
  }

  private static Reply failAsAsked(Call call) {
    switch (call.query().get("as")) {
      case "image" -> throw new YoloException.InvalidImage("a picture");
      case "timeout" -> throw new YoloException.Timeout("a time");
      case "memory" -> throw new OutOfMemoryError("none");
      default -> throw new YoloException.InferenceFailed("a network");
    }
  }

  private Future<Integer> post(String path) {
    return callers.submit(() -> client.post(path, "x").status());
  }

  @Test
  void moreThanThePlacesAreRefused() throws Exception {
    List<Future<Integer>> inside = new ArrayList<>();
    for (int i = 0; i < PLACES; i++) {
      inside.add(post("/held"));
    }
    for (int i = 0; i < PLACES; i++) {
      entered.take();
    }
    assertEquals(PLACES, admission.taken());
    Client.Answer full = client.post("/echo", "x");
    assertEquals(503, full.status());
    assertEquals("1", full.header("Retry-After"));
    assertTrue(full.json().get("error").asText().contains("3 requests at a time"), full.text());
    assertEquals(200, client.get("/light").status(), "what costs nothing is answered");
    held.countDown();
    for (Future<Integer> one : inside) {
      assertEquals(200, one.get());
    }
    assertEquals(200, client.post("/echo", "x").status());
    assertEquals(List.of("queue_full"), failures);
    assertEquals(0, admission.taken());
  }

  @Test
  void whatWaitedTooLongNeverStarts() throws Exception {
    try (RawConnection slow = new RawConnection(server.port())) {
      slow.send("POST /echo HTTP/1.1\nHost: localhost\nContent-Length: 2\n\n1");
      // Once it is answered, the one before has been read as far as it came.
      assertEquals(200, client.get("/light").status());
      clock.turn(TIMEOUT);
      slow.send("2");
      assertEquals(503, slow.status());
    }
    assertEquals(List.of("timeout"), failures);
  }

  @Test
  void failuresHaveTheirStatus() throws Exception {
    assertEquals(400, client.post("/yolo?as=image", "").status());
    assertEquals(503, client.post("/yolo?as=timeout", "").status());
    assertEquals(503, client.post("/yolo?as=memory", "").status());
    assertEquals(500, client.post("/yolo?as=network", "").status());
    Client.Answer defect = client.post("/defect", "");
    assertEquals(500, defect.status());
    assertTrue(!defect.text().contains("secret"), defect.text());
    assertEquals(
        List.of("invalid_image", "timeout", "out_of_memory", "inference_failed", "internal"),
        failures);
    assertEquals(0, admission.taken());
  }

  @Test
  void headsWithoutEndAreCutOff() throws Exception {
    try (RawConnection silent = new RawConnection(server.port());
        RawConnection slow = new RawConnection(server.port());
        RawConnection kept = new RawConnection(server.port())) {
      kept.send("GET /light HTTP/1.1\nHost: localhost\n\n");
      assertEquals(200, kept.status());
      slow.send("GET /light HTTP/1.1\nHost: localhost\n");
      assertEquals(200, client.get("/light").status());
      clock.turn(IDLE.dividedBy(2));
      pace.sweep();
      slow.send("X-Drip: 1\n");
      kept.send("GET /light HTTP/1.1\nHost: localhost\n\n");
      assertEquals(200, kept.status());
      clock.turn(IDLE.dividedBy(2).plusMillis(1));
      pace.sweep();
      slow.awaitEnd();
      silent.awaitEnd();
      kept.send("GET /light HTTP/1.1\nHost: localhost\n\n");
      assertEquals(200, kept.status(), "whoever sends whole requests in time stays");
    }
    try (RawConnection long_ = new RawConnection(server.port())) {
      long_.sendAll("GET /light HTTP/1.1\nHost: localhost\nX: " + "a".repeat(20_000) + "\n\n");
      assertEquals(431, long_.status());
    }
    assertEquals(200, client.get("/light").status());
  }

  @Test
  void slowBodiesAreCutOff() throws Exception {
    try (RawConnection slow = new RawConnection(server.port())) {
      slow.send("POST /echo HTTP/1.1\nHost: localhost\nContent-Length: 1000\n\n0123456789");
      assertEquals(200, client.get("/light").status());
      clock.turn(IDLE.plusSeconds(1));
      pace.sweep();
      assertEquals(408, slow.status());
      slow.awaitEnd();
    }
    assertEquals(List.of("slow_body"), failures);
    assertEquals(200, client.post("/echo", "x").status());
  }

  @Test
  void slowReadersAreCutOff() throws Exception {
    try (RawConnection slow = new RawConnection(server.port())) {
      slow.send("POST /large HTTP/1.1\nHost: localhost\nContent-Length: 0\n\n");
      slow.awaitAnswer();
      // Such an answer may take as long as its bytes at the least pace.
      clock.turn(IDLE.plusSeconds(64 << 4).plusSeconds(1));
      pace.sweep();
      slow.awaitEnd();
    }
    assertEquals(200, client.get("/light").status());
  }

  @Test
  void wrongLengths() throws Exception {
    String post = "POST /echo HTTP/1.1\nHost: localhost\n";
    String[] wrong = {
      post + "Content-Length: -1\n\n",
      post + "Content-Length: x\n\n",
      post + "Content-Length: 1\nContent-Length: 2\n\n12",
      post + "Content-Length: 99999999999999999999\n\n",
      post + "Content-Length: 3\nTransfer-Encoding: chunked\n\n1\n2\n0\n\n",
      post + "Transfer-Encoding: chunked\n\nxyz\n12\n0\n\n",
      "POST /echo HTTP/1.1\n\n",
      "nothing\n\n",
      "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u0000\n\n"
    };
    for (String one : wrong) {
      try (RawConnection raw = new RawConnection(server.port())) {
        assertEquals(400, raw.sendAll(one).status(), one);
      }
    }
    try (RawConnection large = new RawConnection(server.port())) {
      large.sendAll(post + "Content-Length: " + (MAX_BODY + 1) + "\n\n");
      assertEquals(413, large.status());
    }
    try (RawConnection chunks = new RawConnection(server.port())) {
      String chunk = "10000\n" + "a".repeat(0x10000) + "\n";
      chunks.sendAll(post + "Transfer-Encoding: chunked\n\n" + chunk.repeat(17));
      assertEquals(413, chunks.status());
    }
    try (RawConnection early = new RawConnection(server.port())) {
      early.send(post + "Content-Length: 10\n\n123").endOutput();
      assertTrue(List.of(0, 400).contains(early.status()));
    }
    assertEquals("abc", client.post("/echo", "abc").text());
    assertEquals(0, admission.taken());
  }

  @Test
  void bodiesInPartsAndOneAfterAnother() throws Exception {
    try (RawConnection raw = new RawConnection(server.port())) {
      String post = "POST /echo HTTP/1.1\nHost: localhost\nContent-Length: 3\n\nabc";
      raw.send(post + post + "GET /light HTTP/1.1\nHost: localhost\n\n");
      assertEquals(200, raw.status());
      assertEquals(200, raw.status());
      assertEquals(200, raw.status());
    }
    byte[] large = "0123456789".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
    assertEquals(large.length, client.post("/echo", large).body().length);
  }

  @Test
  void thousandsOfConnections() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    Future<?> sweeping =
        callers.submit(
            () -> {
              while (!done.get()) {
                pace.sweep();
                LockSupport.parkNanos(1_000_000);
              }
            });
    List<RawConnection> all = new ArrayList<>();
    try {
      for (int i = 0; i < 2000; i++) {
        all.add(new RawConnection(server.port()));
      }
      assertEquals(200, client.get("/light").status(), "the next request is served");
    } finally {
      done.set(true);
      for (RawConnection one : all) {
        one.close();
      }
    }
    sweeping.get();
    assertEquals(200, client.post("/echo", "x").status());
  }

  @Test
  void onlyWhoHasTheTokenMayAsk() throws Exception {
    server.drain(PATIENCE);
    start("secret");
    assertEquals(200, client.get("/open").status());
    Client.Answer none = client.get("/light");
    assertEquals(401, none.status());
    assertEquals("Bearer", none.header("WWW-Authenticate"));
    assertEquals(401, client.get("/light", "Authorization", "Bearer other").status());
    assertEquals(401, client.get("/light", "Authorization", "Basic secret").status());
    assertEquals(401, client.get("/light", "Authorization", "Bearer ").status());
    assertEquals(200, client.get("/light", "Authorization", "Bearer secret").status());
    assertEquals(200, client.post("/echo", "x", "Authorization", "bearer secret").status());
  }

  @Test
  void pagesOfOthersMayNotAsk() throws Exception {
    String own = server.uri().toString();
    assertEquals(200, client.post("/echo", "x", "Origin", own).status());
    for (String other : new String[] {"http://evil.example", "null", "https://127.0.0.1:1"}) {
      assertEquals(403, client.post("/echo", "x", "Origin", other).status(), other);
    }
    assertEquals(200, client.get("/light", "Origin", "http://evil.example").status());
  }

  @Test
  void onlyNamesOfThisMachineAreAnswered() throws Exception {
    for (String host : new String[] {"127.0.0.1:1", "localhost", "LOCALHOST:8000", "[::1]"}) {
      assertEquals(200, get(host), host);
    }
    for (String host : new String[] {"evil.example", "127.0.0.1.evil.example", "10.0.0.1"}) {
      assertEquals(403, get(host), host);
    }
  }

  private int get(String host) throws Exception {
    try (RawConnection raw = new RawConnection(server.port())) {
      return raw.send("GET /light HTTP/1.1\nHost: " + host + "\n\n").status();
    }
  }

  @Test
  void drainingAnswersWhatHasCome() throws Exception {
    Future<Integer> inside = post("/held");
    entered.take();
    try (RawConnection kept = new RawConnection(server.port())) {
      kept.send("GET /light HTTP/1.1\nHost: localhost\n\n");
      assertEquals(200, kept.status());
      Future<?> drained = callers.submit(() -> server.drain(PATIENCE));
      assertTrue(!drained.isDone());
      kept.send("POST /echo HTTP/1.1\nHost: localhost\nContent-Length: 1\n\nx");
      assertEquals(200, kept.status(), "on its way when the server began to drain");
      kept.awaitEnd();
      held.countDown();
      assertEquals(200, inside.get());
      drained.get();
    }
    CompletableFuture<Integer> late = CompletableFuture.supplyAsync(this::connect);
    assertEquals(0, late.get(), "nobody listens any more");
  }

  private int connect() {
    try {
      new RawConnection(server.port()).close();
      return 1;
    } catch (java.io.IOException | IllegalArgumentException e) {
      return 0;
    }
  }
}
