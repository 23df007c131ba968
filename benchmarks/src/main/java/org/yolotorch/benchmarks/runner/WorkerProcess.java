// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.runner;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.yolotorch.benchmarks.peer.Found;
import org.yolotorch.benchmarks.peer.Job;
import org.yolotorch.benchmarks.peer.Peers;
import org.yolotorch.benchmarks.peer.Unavailable;

/** The runner's end of a {@link Worker}. */
final class WorkerProcess implements AutoCloseable {
  private static final int TIMEOUT_SECONDS = 120;
  private static final String ENDED = Worker.MARK + "failed the process ended; see ";

  private final Process process;
  private final BufferedWriter commands;
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

  private final List<Double> whole = new ArrayList<>();
  private final List<Double> forward = new ArrayList<>();

  /**
   * Starts a peer and waits until it is ready.
   *
   * @throws Unavailable if it cannot take part
   */
  WorkerProcess(String peer, Job job) throws IOException, Unavailable {
    Path log = Files.createDirectories(Path.of("benchmarks/target/logs")).resolve(peer + ".log");
    List<String> command = new ArrayList<>(Jvm.command());
    command.addAll(
        List.of(
            Worker.class.getName(),
            peer,
            job.question().name(),
            job.assets().toString(),
            job.model(),
            Integer.toString(job.batch()),
            Integer.toString(job.threads())));
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
    builder.environment().putAll(Peers.environment(peer));
    process = builder.start();
    commands =
        new BufferedWriter(
            new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    Thread reader = new Thread(() -> read(log), peer);
    reader.setDaemon(true);
    reader.start();
    try {
      answer();
    } catch (IOException | Unavailable e) {
      close();
      throw e;
    }
  }

  private void read(Path log) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        int mark = line.indexOf(Worker.MARK);
        if (mark >= 0) {
          answers.add(line.substring(mark));
        }
      }
    } catch (IOException e) {
      // The stream broke off: the process is gone, as the next line says.
    }
    answers.add(ENDED + log);
  }

  private String answer() throws IOException, Unavailable {
    try {
      String line = answers.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      if (line == null) {
        throw new Unavailable("no answer within " + TIMEOUT_SECONDS + " s");
      }
      String text = line.substring(Worker.MARK.length());
      if (text.startsWith("failed ")) {
        throw new Unavailable(text.substring("failed ".length()));
      }
      return text;
    } catch (InterruptedException e) {
      throw new IOException("interrupted", e);
    }
  }

  private String ask(String command) throws IOException, Unavailable {
    try {
      commands.write(command + "\n");
      commands.flush();
    } catch (IOException e) {
      // The process is gone: the answer says where to read why.
    }
    return answer();
  }

  /** Runs the peer without keeping the times. */
  void warmUp(int times) throws IOException, Unavailable {
    ask("run " + times);
  }

  /** Runs the peer and keeps the times. */
  void measure(int times) throws IOException, Unavailable {
    String[] parts = ask("run " + times).split(";");
    whole.addAll(numbers(parts[0]));
    forward.addAll(numbers(parts[1]));
  }

  private static List<Double> numbers(String text) {
    return Arrays.stream(text.split(" ")).map(Double::valueOf).toList();
  }

  /** The times kept so far. */
  Timing whole() {
    return Timing.of(whole);
  }

  /** Those of the network alone; NaN if the peer does not tell. */
  Timing forward() {
    return Timing.of(forward);
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  ProcessMemory memory() throws IOException, Unavailable {
    return ProcessMemory.parse(ask("memory"));
  }

  /** What the last run found. */
  List<List<Found>> found() throws IOException, Unavailable {
    return Arrays.stream(ask("found").split(";", -1)).map(WorkerProcess::picture).toList();
  }

  private static List<Found> picture(String text) {
    if (text.isEmpty()) {
      return List.of();
    }
    return Arrays.stream(text.split(","))
        .map(box -> box.split(" "))
        .map(
            words ->
                new Found(
                    Integer.parseInt(words[0]),
                    Float.parseFloat(words[1]),
                    Float.parseFloat(words[2]),
                    Float.parseFloat(words[3]),
                    Float.parseFloat(words[4]),
                    Float.parseFloat(words[5])))
        .toList();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
