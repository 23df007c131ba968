// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yolotorch.YoloException;
import org.yolotorch.internal.WebFile;
import org.yolotorch.support.HandClock;
import org.yolotorch.support.WeightServer;

/** Servers that keep a client waiting, by a clock that the test turns. */
class SlowServerTest {
  private static final Duration HEAD = Duration.ofMinutes(1);
  private static final Duration WHOLE = Duration.ofMinutes(5);
  private static final byte[] FILLING = "x".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);

  private final HandClock clock = new HandClock();

  /** The server has sent all but its last byte, and goes on when it is let. */
  private final CountDownLatch sent = new CountDownLatch(1);

  private final CountDownLatch left = new CountDownLatch(1);
  private WeightServer server;

  @BeforeEach
  void start() throws IOException {
    server = new WeightServer();
  }

  @AfterEach
  void stop() throws IOException {
    left.countDown();
    server.close();
  }

  private FutureTask<byte[]> fetching() {
    WebFile.Patience patience = new WebFile.Patience(10_000, 600_000, 0, HEAD, WHOLE, clock);
    WebAddress address = new WebAddress(server.address(), true, patience);
    FutureTask<byte[]> task = new FutureTask<>(address::fetch);
    Thread thread = new Thread(task, "fetching");
    thread.setDaemon(true);
    thread.start();
    return task;
  }

  private String failure(FutureTask<byte[]> task) throws InterruptedException {
    Throwable e = assertThrows(ExecutionException.class, task::get).getCause();
    assertTrue(e instanceof YoloException.DownloadFailed, e.toString());
    assertEquals(1, e.getMessage().lines().count(), e.getMessage());
    assertTrue(e.getMessage().endsWith(".") && e.getMessage().length() < 500, e.getMessage());
    return e.getMessage();
  }

  private void stalls(String begin) {
    server.answers(
        (request, out) -> {
          out.write(begin.getBytes(StandardCharsets.ISO_8859_1));
          out.flush();
          sent.countDown();
          left.await();
        });
  }

  /** What is there of a head when nothing more comes: the same as one byte a second. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "H",
        "HTTP/1.1 200 OK",
        "HTTP/1.1 200 OK\r\nX-Slow: aaaa",
        "HTTP/1.1 100 Continue\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 1",
        "HTTP/1.1 302 Found\r\nLocation: ",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n"
      })
  void aHeadHasAMinute(String begin) throws Exception {
    stalls(begin);
    FutureTask<byte[]> task = fetching();
    sent.await();
    clock.turn(HEAD.minusSeconds(1));
    assertTrue(!task.isDone());
    clock.turn(Duration.ofSeconds(1));
    assertTrue(failure(task).contains("it took longer than 60 s"));
    assertEquals(0, clock.alarms());
  }

  @Test
  void redirectsShareTheMinute() throws Exception {
    CountDownLatch second = new CountDownLatch(1);
    server.answers(
        (request, out) -> {
          sent.countDown();
          second.await();
          WeightServer.head(out, "302 Found", 0, "Location: /b");
        },
        (request, out) -> left.await());
    FutureTask<byte[]> task = fetching();
    sent.await();
    clock.turn(HEAD.minusSeconds(1));
    second.countDown();
    while (server.requests().size() < 2) {
      Thread.onSpinWait();
    }
    clock.turn(Duration.ofSeconds(1));
    assertTrue(failure(task).contains("it took longer than 60 s"));
  }

  /** Bodies, with and without a length and in pieces, whose heads are told at once. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 9\r\n\r\n",
        "Content-Length: 9\r\n\r\nabc",
        "Connection: close\r\n\r\nabc",
        "Transfer-Encoding: chunked\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n3;extension=aaa",
        "Transfer-Encoding: chunked\r\n\r\n9\r\nabc"
      })
  void everythingHasFiveMinutes(String rest) throws Exception {
    stalls("HTTP/1.1 200 OK\r\n" + rest);
    FutureTask<byte[]> task = fetching();
    sent.await();
    // The alarm of the head is taken back when it is there.
    while (clock.alarms() != 1) {
      Thread.onSpinWait();
    }
    clock.turn(WHOLE.minusSeconds(1));
    assertTrue(!task.isDone());
    clock.turn(Duration.ofSeconds(1));
    assertTrue(failure(task).contains("it took longer than 300 s"));
    assertEquals(0, clock.alarms());
  }

  /** Java reads each of them by a call within the last. */
  @ParameterizedTest
  @ValueSource(strings = {"100 Continue", "102 Processing", "103 Early Hints", "101 X", "199 Y"})
  void answersWithoutEndAreRefused(String status) throws Exception {
    byte[] many = ("HTTP/1.1 " + status + "\r\n\r\n").repeat(1000).getBytes(StandardCharsets.UTF_8);
    server.answers(
        (request, out) -> {
          for (int i = 0; i < 100; i++) {
            out.write(many);
          }
          out.flush();
          sent.countDown();
          left.await();
        });
    FutureTask<byte[]> task = fetching();
    // Where it is not refused before, it is when the time is over.
    while (!task.isDone() && sent.getCount() > 0) {
      Thread.onSpinWait();
    }
    clock.turn(WHOLE);
    failure(task);
  }

  /** A line of a head, many lines and a length of many digits: none is kept for long. */
  @ParameterizedTest
  @ValueSource(strings = {"X: ", "X: y\r\n", "Content-Length: 9", "", "HTTP/1.1 "})
  void headsWithoutEndAreRefused(String begin) throws Exception {
    server.answers(
        (request, out) -> {
          out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.UTF_8));
          fill(out, begin);
          sent.countDown();
          left.await();
        });
    FutureTask<byte[]> task = fetching();
    while (!task.isDone() && sent.getCount() > 0) {
      Thread.onSpinWait();
    }
    clock.turn(WHOLE);
    failure(task);
  }

  private static void fill(OutputStream out, String begin) throws IOException {
    byte[] line = begin.endsWith("\n") ? begin.repeat(10_000).getBytes() : FILLING;
    out.write(begin.getBytes(StandardCharsets.UTF_8));
    for (int i = 0; i < 100; i++) {
      out.write(line);
    }
    out.flush();
  }

  @Test
  void anInterruptEndsTheWait() throws Exception {
    stalls("HTTP/1.1 200 OK\r\n");
    WebFile.Patience patience = new WebFile.Patience(10_000, 600_000, 0, HEAD, WHOLE, clock);
    WebAddress address = new WebAddress(server.address(), true, patience);
    FutureTask<byte[]> task = new FutureTask<>(address::fetch);
    Thread thread = new Thread(task, "fetching");
    thread.start();
    sent.await();
    thread.interrupt();
    assertTrue(failure(task).contains("the thread was interrupted"));
    thread.join();
  }

  @Test
  void whatComesInTimeIsTaken() throws Exception {
    byte[] bytes = {1, 2, 3};
    server.answers(
        (request, out) -> {
          out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.UTF_8));
          WeightServer.head(out, "200 OK", 3);
          out.write(bytes, 0, 2);
          out.flush();
          sent.countDown();
          left.await();
          out.write(bytes, 2, 1);
        });
    FutureTask<byte[]> task = fetching();
    sent.await();
    while (clock.alarms() != 1) {
      Thread.onSpinWait();
    }
    clock.turn(WHOLE.minusSeconds(1));
    left.countDown();
    assertEquals(3, task.get().length);
    assertEquals(0, clock.alarms());
  }
}
