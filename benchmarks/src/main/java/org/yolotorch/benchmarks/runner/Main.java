// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.runner;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.yolotorch.benchmarks.jmh.SpeedProfiler;
import org.yolotorch.benchmarks.peer.Inputs;
import org.yolotorch.benchmarks.peer.Job;
import org.yolotorch.benchmarks.peer.Unavailable;
import org.yolotorch.benchmarks.serve.Serve;

/** {@code benchmarks/run QUESTION key=value ...}; see benchmarks/README.md. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) throws Exception {
    if (arguments.length == 0) {
      fail("A question was expected (forward), but none came; see benchmarks/README.md.");
      return;
    }
    List<String> rest = Arrays.asList(arguments).subList(1, arguments.length);
    try {
      switch (arguments[0]) {
        case "forward" -> Comparisons.forward(rest);
        case "endtoend" -> Comparisons.endToEnd(rest);
        case "tasks" -> Comparisons.tasks(rest);
        case "vision" -> Vision.measure(rest);
        case "rect" -> Rectangles.measure(rest);
        case "coldstart" -> ColdStart.measure(rest);
        case "callers" -> Callers.measure(rest);
        case "isolated" -> Isolated.measure(rest);
        case "serve" -> serve(rest);
        case "train" -> Train.measure(rest);
        case "accuracy" -> Accuracy.measure(rest);
        case "ci" -> {
          if (!new Ci().run()) {
            System.err.println("yolotorch itself failed or found other boxes; see above.");
            System.exit(1);
          }
        }
        case "jmh" -> jmh(rest);
        default ->
            fail("The question '" + arguments[0] + "' is not known; see benchmarks/README.md.");
      }
    } catch (IllegalArgumentException e) {
      fail(e.getMessage());
    } catch (Unavailable e) {
      fail("Skipped: " + e.getMessage() + "; benchmarks/README.md says how to make it.");
    }
  }

  static void serve(List<String> rest) throws Exception {
    Arguments options =
        Arguments.of(
            rest, Map.of("model", "yolo11n", "rounds", "3", "seconds", "10", "overload", "60"));
    Serve.measure(
        Job.ofOne(assets(), options.text("model"), 1).forYolotorch(),
        Inputs.files(assets()).get(0),
        options.count("rounds"),
        options.count("seconds"),
        options.count("overload"));
  }

  private static void jmh(List<String> rest) throws Exception {
    List<String> arguments = new ArrayList<>(rest);
    if (!rest.contains("-l")) {
      arguments.addAll(List.of("-prof", SpeedProfiler.class.getName()));
    }
    org.openjdk.jmh.Main.main(arguments.toArray(String[]::new));
  }

  private static void fail(String message) {
    System.err.println(message);
    System.exit(2);
  }

  /** The folder of models and pictures. */
  public static Path assets() {
    String folder = System.getenv("YOLOTORCH_ASSETS");
    return Path.of(folder == null ? "../shared/assets" : folder).toAbsolutePath().normalize();
  }
}
