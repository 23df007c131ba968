// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.runner;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.yolotorch.benchmarks.peer.Found;
import org.yolotorch.benchmarks.peer.Job;
import org.yolotorch.benchmarks.peer.Peer;
import org.yolotorch.benchmarks.peer.Peers;

/**
 * The process of one peer. It reads a command a line and answers with one line that starts with
 * {@value #MARK}; between commands it sleeps in that read.
 */
final class Worker {
  /** Starts every answer; libraries print to the same stream as they like. */
  static final String MARK = "@yolotorch ";

  private Worker() {}

  /** Arguments: peer, question, folder of assets, model, batch, threads. */
  public static void main(String[] arguments) throws Exception {
    PrintStream answers =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    System.setOut(System.err);
    Job job =
        new Job(
            Job.Question.valueOf(arguments[1]),
            Path.of(arguments[2]),
            arguments[3],
            Integer.parseInt(arguments[4]),
            Integer.parseInt(arguments[5]));
    try (Peer peer = Peers.open(arguments[0], job)) {
      answers.println(MARK + "ready");
      serve(peer, answers);
    } catch (Exception | LinkageError e) {
      e.printStackTrace();
      answers.println(MARK + "failed " + reason(e));
    }
    // Not every library's threads end by themselves.
    Runtime.getRuntime().halt(0);
  }

  private static String reason(Throwable error) {
    String message = error.getMessage() == null ? "no message" : error.getMessage();
    return error.getClass().getSimpleName() + ": " + message.lines().findFirst().orElse("");
  }

  private static void serve(Peer peer, PrintStream answers) throws Exception {
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      String[] words = line.split(" ");
      answers.println(
          MARK
              + switch (words[0]) {
                case "run" -> run(peer, Integer.parseInt(words[1]));
                case "found" -> found(peer.found());
                case "memory" -> ProcessMemory.ofThisProcess().toString();
                default -> throw new IOException("unknown command " + line);
              });
    }
  }

  /** Milliseconds of each run, then those of the network alone. */
  private static String run(Peer peer, int times) throws Exception {
    StringBuilder whole = new StringBuilder();
    StringBuilder forward = new StringBuilder();
    for (int i = 0; i < times; i++) {
      long start = System.nanoTime();
      peer.run();
      whole.append(' ').append((System.nanoTime() - start) / 1e6);
      forward.append(' ').append(peer.forwardMillis());
    }
    return whole.substring(1) + ";" + forward.substring(1);
  }

  private static String found(List<List<Found>> batch) {
    return batch.stream()
        .map(
            picture ->
                picture.stream()
                    .map(
                        found ->
                            found.classId()
                                + " "
                                + found.confidence()
                                + " "
                                + found.x1()
                                + " "
                                + found.y1()
                                + " "
                                + found.x2()
                                + " "
                                + found.y2())
                    .collect(Collectors.joining(",")))
        .collect(Collectors.joining(";"));
  }
}
