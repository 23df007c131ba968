// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.serve;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/**
 * What clients met that asked for some time.
 *
 * @param seconds for which they asked
 * @param statuses answers by their status; 0 for none
 * @param milliseconds of the answers of status 200, ascending
 * @param share part of all cores that the clients used, 0 to 1
 */
record Load(double seconds, Map<Integer, Integer> statuses, double[] milliseconds, double share) {
  /** A client's part. */
  private record Part(Map<Integer, Integer> statuses, List<Double> milliseconds) {}

  /** Makes the client of a number. */
  interface Maker {
    LoadClient client();
  }

  /**
   * Has clients ask, each again as soon as it has its answer.
   *
   * @param pause nanoseconds that a client waits after an answer that is not 200
   */
  static Load run(int clients, double seconds, long pause, Maker maker) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(clients);
    try {
      long end = System.nanoTime() + (long) (seconds * 1e9);
      long cpu = cpuNanos();
      long start = System.nanoTime();
      List<Future<Part>> parts = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        parts.add(threads.submit(() -> ask(maker, end, pause)));
      }
      Map<Integer, Integer> statuses = new TreeMap<>();
      List<Double> all = new ArrayList<>();
      for (Future<Part> part : parts) {
        part.get().statuses.forEach((status, count) -> statuses.merge(status, count, Integer::sum));
        all.addAll(part.get().milliseconds);
      }
      double taken = (System.nanoTime() - start) / 1e9;
      double share = (cpuNanos() - cpu) / 1e9 / taken / Runtime.getRuntime().availableProcessors();
      double[] sorted = all.stream().mapToDouble(Double::doubleValue).toArray();
      Arrays.sort(sorted);
      return new Load(taken, statuses, sorted, share);
    } finally {
      threads.shutdownNow();
    }
  }

  private static Part ask(Maker maker, long end, long pause) throws Exception {
    Part part = new Part(new TreeMap<>(), new ArrayList<>());
    try (LoadClient client = maker.client()) {
      while (System.nanoTime() < end) {
        long from = System.nanoTime();
        int status = answer(client);
        part.statuses.merge(status, 1, Integer::sum);
        if (status == 200) {
          part.milliseconds.add((System.nanoTime() - from) / 1e6);
        } else {
          LockSupport.parkNanos(pause);
        }
      }
    }
    return part;
  }

  private static int answer(LoadClient client) throws Exception {
    try {
      return client.ask();
    } catch (java.io.IOException e) {
      client.close();
      return 0;
    }
  }

  private static long cpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  int answered() {
    return milliseconds.length;
  }

  double perSecond() {
    return answered() / seconds;
  }

  /** What the server would have done if the clients had run elsewhere. */
  double perSecondOfTheRest() {
    return perSecond() / (1 - share);
  }

  /** The time within which this part of the answers came, in milliseconds. */
  double percentile(double part) {
    return milliseconds.length == 0
        ? Double.NaN
        : milliseconds[(int) Math.min(milliseconds.length - 1, part * milliseconds.length)];
  }

  /** Answers that are neither 200 nor 503. */
  int failed() {
    return statuses.entrySet().stream()
        .filter(entry -> entry.getKey() != 200 && entry.getKey() != 503)
        .mapToInt(Map.Entry::getValue)
        .sum();
  }
}
