// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yolotorch.serve.support.Assets;
import org.yolotorch.serve.support.Client;
import org.yolotorch.serve.support.TurnedClock;

/** A model is replaced again and again while clients use it. */
class ReloadTest {
  private static final int RELOADS = 100;
  private static final int CLIENTS = 4;

  /** The least memory of the last reloads is at most so many times the most of the first. */
  private static final double MEMORY_GROWTH = 1.75;

  @TempDir Path folder;

  @Test
  void noRequestFailsAndNothingIsLeft() throws Exception {
    Path small = Assets.get("exported/yolo11n-cls.torchscript");
    byte[] picture = Files.readAllBytes(Assets.get("images/bus.jpg"));
    Files.copy(small, version(1));
    ExecutorService callers = Executors.newFixedThreadPool(CLIENTS);
    AtomicBoolean done = new AtomicBoolean();
    AtomicInteger answered = new AtomicInteger();
    List<String> failed = new ArrayList<>();
    long early = 0;
    long late = Long.MAX_VALUE;
    int files = 0;
    try (YoloServer server =
        YoloServer.start(ServeOptions.of("repository=" + folder, "port=0"), new TurnedClock())) {
      List<Future<List<String>>> all = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        all.add(callers.submit(() -> ask(new Client(server.uri()), picture, done, answered)));
      }
      for (int i = 2; i <= RELOADS + 1; i++) {
        Files.copy(small, version(i));
        server.lookNow();
        server.lookNow();
        assertEquals(List.of("kinds " + i), server.models());
        if (i > 3) {
          Files.delete(version(i - 3));
        }
        // Memory goes up and down with what is in flight.
        if (i <= RELOADS / 5) {
          early = Math.max(early, memory());
          files = descriptors();
        } else if (i > RELOADS - RELOADS / 5) {
          late = Math.min(late, memory());
        }
      }
      int filesLate = descriptors();
      done.set(true);
      for (Future<List<String>> one : all) {
        failed.addAll(one.get());
      }
      System.out.println("FIGURE serve_reloads=" + RELOADS + " reloads");
      System.out.println("FIGURE serve_reload_failed=" + failed.size() + " requests");
      System.out.println("FIGURE serve_reload_answered=" + answered.get() + " requests");
      System.out.printf("FIGURE serve_reload_memory_growth=%.3f x%n", (double) late / early);
      System.out.println("FIGURE serve_reload_descriptors=" + (filesLate - files) + " files");
      assertTrue(filesLate - files <= CLIENTS, files + " files became " + filesLate);
    } finally {
      callers.shutdown();
    }
    assertEquals(List.of(), failed);
    assertTrue(answered.get() > 0);
    assertTrue(late < early * MEMORY_GROWTH, early + " bytes became " + late);
  }

  private static List<String> ask(
      Client client, byte[] picture, AtomicBoolean done, AtomicInteger answered) throws Exception {
    List<String> failed = new ArrayList<>();
    while (!done.get()) {
      Client.Answer answer = client.picture("kinds", picture);
      if (answer.status() != 200) {
        failed.add(answer.status() + " " + answer.text());
      }
      answered.incrementAndGet();
    }
    return failed;
  }

  private Path version(int number) throws Exception {
    return Files.createDirectories(folder.resolve("kinds/" + number)).resolve("model.pt");
  }

  /** Memory of this process in bytes, after what Java can give back is given back. */
  private static long memory() throws Exception {
    System.gc();
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) {
        return 1024 * Long.parseLong(line.replaceAll("[^0-9]", ""));
      }
    }
    throw new AssertionError("no VmRSS");
  }

  private static int descriptors() throws Exception {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return (int) open.count();
    }
  }
}
