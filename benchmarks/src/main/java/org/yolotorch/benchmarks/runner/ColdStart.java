// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.runner;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.yolotorch.benchmarks.peer.Inputs;
import org.yolotorch.benchmarks.peer.Job;

/**
 * Seconds from the start of a process to its first boxes, loading and decoding included. With a
 * cold cache the process finds an empty home folder, so that it unpacks the native libraries; the
 * files that it reads are in the memory of the system either way.
 */
final class ColdStart {
  /** Starts the line that {@link FirstBoxes} prints. */
  static final String BOXES = "boxes ";

  static final String WARM = "java, warm cache";
  static final String COLD = "java, cold cache";

  private ColdStart() {}

  /** Starts each kind of process in turns. */
  static Map<String, Timing> measure(List<String> arguments) throws Exception {
    Arguments options = Arguments.of(arguments, Map.of("model", "yolo11n", "runs", "5"));
    Path model = Job.ofOne(Main.assets(), options.text("model"), 1).forYolotorch();
    Path picture = Inputs.files(Main.assets()).get(0);
    List<String> program =
        List.of(
            Jvm.java(),
            "-cp",
            "benchmarks/target/classes:target/classes:"
                + Files.readString(Path.of("target/launcher.classpath")).strip(),
            FirstBoxes.class.getName(),
            model.toString(),
            picture.toString());
    List<String> launcher =
        List.of("./yolo", "predict", "model=" + model, "source=" + picture, "save=False");
    Map<String, List<Double>> seconds = new LinkedHashMap<>();
    // Whatever unpacks once has done so then.
    first(program, BOXES);
    first(launcher, "image 1/1");
    for (int run = 0; run < options.count("runs"); run++) {
      add(seconds, WARM, first(program, BOXES));
      add(seconds, COLD, cold(program));
      add(seconds, "yolo predict, warm cache", first(launcher, "image 1/1"));
    }
    Map<String, Timing> timings = new LinkedHashMap<>();
    seconds.forEach((what, values) -> timings.put(what, Timing.of(values)));
    timings.forEach(
        (what, timing) ->
            System.out.printf(
                Locale.ROOT,
                "%-25s min %.2f s, median %.2f s%n",
                what,
                timing.min(),
                timing.median()));
    return timings;
  }

  private static void add(Map<String, List<Double>> seconds, String what, double value) {
    seconds.computeIfAbsent(what, key -> new ArrayList<>()).add(value);
  }

  /** As {@link #first}, in a home folder without anything in it. */
  private static double cold(List<String> program) throws Exception {
    Path home = Files.createTempDirectory("yolotorch-cold");
    try {
      List<String> command = new ArrayList<>(program);
      command.add(1, "-Duser.home=" + home);
      return first(command, BOXES, "HOME", home.toString(), "XDG_CACHE_HOME", home + "/cache");
    } finally {
      try (Stream<Path> files = Files.walk(home)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  /** Seconds until a process prints a line that starts so. */
  private static double first(List<String> command, String line, String... environment)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(Path.of("benchmarks/target/start.log").toFile());
    for (int i = 0; i < environment.length; i += 2) {
      builder.environment().put(environment[i], environment[i + 1]);
    }
    long start = System.nanoTime();
    Process process = builder.start();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String text = lines.readLine(); text != null; text = lines.readLine()) {
        if (text.startsWith(line)) {
          double seconds = (System.nanoTime() - start) / 1e9;
          process.waitFor();
          return seconds;
        }
      }
    }
    throw new IOException(
        "A line '"
            + line
            + "...' was expected from "
            + command
            + ", but it ended without;"
            + " see benchmarks/target/start.log.");
  }
}
