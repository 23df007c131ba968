// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.runner;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yolotorch.benchmarks.peer.Found;
import org.yolotorch.benchmarks.peer.Job;
import org.yolotorch.benchmarks.peer.Unavailable;

/**
 * Measures peers in turns: each in its process, a few times, then the next, round after round. What
 * else the machine does hits all of them alike, so that their ratios hold where the times do not.
 *
 * @param rounds turns of each peer
 * @param iterations runs a turn
 * @param warmup runs before the first turn
 */
record Interleaving(int rounds, int iterations, int warmup) {
  /** Time for the threads of the peer before to fall asleep. */
  private static final int PAUSE_MILLIS = 50;

  /** What one peer showed. */
  record Outcome(Timing whole, Timing forward, ProcessMemory memory, List<List<Found>> found) {}

  /**
   * One interleaved run.
   *
   * @param outcomes by peer, in the order given
   * @param others part of the cores that other processes used meanwhile, 0 to 1
   */
  record Run(Map<String, Outcome> outcomes, double others) {}

  /**
   * Measures all peers once, each in a process of its own.
   *
   * @param skipped gets the reason for every peer that could not take part
   */
  Run run(List<String> peers, Job job, Map<String, String> skipped)
      throws IOException, InterruptedException {
    Map<String, WorkerProcess> workers = new LinkedHashMap<>();
    try {
      for (String peer : peers) {
        try {
          WorkerProcess worker = new WorkerProcess(peer, job);
          workers.put(peer, worker);
          worker.warmUp(warmup);
        } catch (Unavailable e) {
          skip(peer, e, workers, skipped);
        }
      }
      CpuUse before = CpuUse.now(processes(workers));
      for (int round = 0; round < rounds; round++) {
        for (String peer : List.copyOf(workers.keySet())) {
          Thread.sleep(PAUSE_MILLIS);
          try {
            workers.get(peer).measure(iterations);
          } catch (Unavailable e) {
            skip(peer, e, workers, skipped);
          }
        }
      }
      double others = before.othersUntil(CpuUse.now(processes(workers)));
      Map<String, Outcome> outcomes = new LinkedHashMap<>();
      for (String peer : List.copyOf(workers.keySet())) {
        WorkerProcess worker = workers.get(peer);
        try {
          outcomes.put(
              peer, new Outcome(worker.whole(), worker.forward(), worker.memory(), worker.found()));
        } catch (Unavailable e) {
          skip(peer, e, workers, skipped);
        }
      }
      return new Run(outcomes, others);
    } finally {
      workers.values().forEach(WorkerProcess::close);
    }
  }

  private static List<ProcessHandle> processes(Map<String, WorkerProcess> workers) {
    return workers.values().stream().map(WorkerProcess::handle).toList();
  }

  private static void skip(
      String peer,
      Unavailable reason,
      Map<String, WorkerProcess> workers,
      Map<String, String> skipped) {
    skipped.put(peer, reason.getMessage());
    WorkerProcess worker = workers.remove(peer);
    if (worker != null) {
      worker.close();
    }
  }
}
