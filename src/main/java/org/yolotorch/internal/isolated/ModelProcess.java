// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.isolated;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.yolotorch.Isolation;
import org.yolotorch.YoloException;
import org.yolotorch.internal.Deadline;
import org.yolotorch.internal.NativeLoader;
import org.yolotorch.internal.bridge.NativeFailure;

/**
 * The process of an isolated model, as its program sees it. Each call is watched: one that takes
 * too much ends the process. Not thread-safe.
 */
final class ModelProcess implements AutoCloseable {
  private static final int BUFFER = 1 << 16;
  private static final int PAGE = 4096;
  private static final int LOOK_MILLIS = 20;

  /** What Java and LibTorch set aside without using it, stacks above all. */
  private static final long PRIVATE_KIBIBYTES = 2L << 20;

  /** Processor time that Java and the libraries take to start on a slow machine. */
  private static final Duration START = Duration.ofSeconds(30);

  private static final String ADVICE =
      "; its process was ended, and the next call starts a new one: give it fewer or smaller"
          + " pictures or larger limits, or do not use it.";

  /** All that is left of the program's environment. */
  private static final Set<String> ENVIRONMENT =
      Set.of(
          "PATH",
          "LD_LIBRARY_PATH",
          "LANG",
          "LC_ALL",
          "TMPDIR",
          "OMP_WAIT_POLICY",
          "ONEDNN_PRIMITIVE_CACHE_CAPACITY");

  /**
   * The answers go to a third stream, as a program may print to the first two. Second lines behind
   * the watch: no core file, and a limit of private memory in KiB.
   */
  private static final String SCRIPT =
      "ulimit -c 0; ulimit -d \"$1\"; shift; exec \"$@\" 3>&1 1>/dev/null";

  private final String name;
  private final Isolation limits;
  private final Duration timeout;
  private final Path folder;
  private final Process process;
  private final DataInputStream in;
  private final DataOutputStream out;
  private volatile boolean isTold; // to end

  /** Writes a request and reads its answer. */
  interface Exchange<T> {
    T run(DataOutputStream out, DataInputStream in) throws IOException;
  }

  private ModelProcess(
      String name, Isolation limits, Duration timeout, Path folder, Process process) {
    this.name = name;
    this.limits = limits;
    this.timeout = timeout;
    this.folder = folder;
    this.process = process;
    this.in = new DataInputStream(new BufferedInputStream(process.getInputStream(), BUFFER));
    this.out = new DataOutputStream(new BufferedOutputStream(process.getOutputStream(), BUFFER));
  }

  /** Starts a process that has no model yet; {@code timeout} of a call, or null for none. */
  static ModelProcess start(String name, Isolation limits, Duration timeout) {
    Path folder = null;
    try {
      folder = Files.createTempDirectory("yolotorch-isolated");
      ProcessBuilder builder = new ProcessBuilder(command(limits));
      Map<String, String> environment = builder.environment();
      environment.keySet().retainAll(ENVIRONMENT);
      // Of home and cache: neither is for it.
      builder.directory(folder.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD);
      return new ModelProcess(name, limits, timeout, folder, builder.start());
    } catch (IOException e) {
      delete(folder);
      throw new YoloException.NativeLibrary(
          "An isolated model needs a process of its own, but none could be started ("
              + e.getMessage()
              + "); load it without isolation, or let this process start Java and sh.",
          e);
    }
  }

  private static List<String> command(Isolation limits) {
    long kibibytes = limits.memoryBytes() / 1024 + PRIVATE_KIBIBYTES;
    List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", SCRIPT, "sh"));
    command.add(Long.toString(kibibytes));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx256m",
            "-XX:MaxDirectMemorySize=" + limits.memoryBytes(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:ReservedCodeCacheSize=32m",
            "-XX:ErrorFile=/dev/null",
            "-XX:-UsePerfData",
            "-Djava.awt.headless=true",
            "--enable-native-access=ALL-UNNAMED"));
    command.add(NativeLoader.folderSetting());
    command.addAll(List.of("-cp", classPath()));
    command.addAll(List.of(IsolatedMain.class.getName(), "/proc/self/fd/3"));
    return command;
  }

  /** That of this process, from whatever folder. */
  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  /**
   * Makes one call, and ends the process if that takes more than it may. After an exception that is
   * not the answer of the process it has ended.
   */
  <T> T call(Exchange<T> exchange, Deadline deadline) {
    return call(exchange, limits.cpuTime(), Deadline.of(timeout), deadline);
  }

  /** As above, for the call that opens the model, within which the process starts. */
  <T> T open(Exchange<T> exchange, Deadline deadline) {
    return call(exchange, limits.cpuTime().plus(START), Deadline.of(null), deadline);
  }

  private <T> T call(
      Exchange<T> exchange, Duration cpuAllowed, Deadline ofModel, Deadline deadline) {
    FutureTask<T> task = new FutureTask<>(() -> answer(exchange));
    Thread thread = new Thread(task, "yolotorch-isolated");
    thread.setDaemon(true);
    thread.start();
    Duration cpuBefore = cpuTime();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          check(cpuBefore.plus(cpuAllowed), ofModel, deadline);
        } catch (InterruptedException e) {
          interrupted = true;
          if (deadline.interrupted()) {
            end();
            throw Deadline.cancelled();
          }
        } catch (ExecutionException e) {
          throw failure(e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private <T> T answer(Exchange<T> exchange) throws IOException {
    return exchange.run(out, in);
  }

  /** Reads how an answer begins: returns if bytes follow, and throws what the process reports. */
  void readStatus() throws IOException {
    int status = in.read();
    if (status == Wire.FAILURE || status == Wire.LAST_FAILURE) {
      int number = in.readInt();
      String message = Wire.readText(in);
      if (status == Wire.LAST_FAILURE) {
        end();
      }
      throw NativeFailure.of(number, message);
    }
    if (status != Wire.ANSWER) {
      throw new IOException("no answer");
    }
  }

  private void check(Duration cpuEnd, Deadline ofModel, Deadline deadline) {
    String reason = null;
    try {
      deadline.check();
      if (ofModel.left() != null && ofModel.left().isNegative()) {
        reason = "must be done within its timeout of " + seconds(timeout) + " s, but was not";
      } else if (cpuTime().compareTo(cpuEnd) > 0) {
        reason =
            "may take "
                + seconds(limits.cpuTime())
                + " s of processor time for a call, but took more";
      }
    } catch (YoloException e) {
      end();
      throw e;
    }
    if (reason != null) {
      end();
      throw new YoloException.Timeout("The isolated model '" + name + "' " + reason + ADVICE);
    }
    if (residentBytes() > limits.memoryBytes()) {
      end();
      throw new YoloException.OutOfMemory(
          "The isolated model '"
              + name
              + "' may take "
              + (limits.memoryBytes() >> 20)
              + " MiB, but took more"
              + ADVICE);
    }
  }

  private static double seconds(Duration time) {
    return time.toMillis() / 1000.0;
  }

  private RuntimeException failure(Throwable cause) {
    if (cause instanceof YoloException told) {
      return told;
    }
    String how = " gave an answer that is none (" + cause.getMessage() + ")";
    try {
      // Its pipe ends a moment before the process does.
      if (process.waitFor(1, TimeUnit.SECONDS)) {
        how = " ended within a call (exit code " + process.exitValue() + ")";
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    end();
    return new YoloException.InferenceFailed(
        "The process of the isolated model '"
            + name
            + "' must answer, but"
            + how
            + "; the next call starts a new one: do not use the file if this happens again.",
        cause);
  }

  private Duration cpuTime() {
    return process.toHandle().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** Resident memory, or 0 where the system does not tell. */
  long residentBytes() {
    try {
      String pages = Files.readString(Path.of("/proc/" + process.pid() + "/statm")).split(" ")[1];
      return Long.parseLong(pages) * PAGE;
    } catch (IOException | RuntimeException e) {
      return 0;
    }
  }

  /** Whether it ended by itself, or was told to end, which may take it a moment. */
  boolean isEnded() {
    return isTold || !process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  private void end() {
    isTold = true;
    process.destroyForcibly();
    delete(folder);
  }

  private static void delete(Path folder) {
    try {
      if (folder != null) {
        Files.deleteIfExists(folder);
      }
    } catch (IOException e) {
      // Empty, and in the folder that the system clears.
    }
  }

  @Override
  public void close() {
    end();
  }
}
