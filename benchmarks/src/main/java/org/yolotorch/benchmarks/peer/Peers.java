// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.peer;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.yolotorch.LoadOptions;

/** The peers by name. */
public final class Peers {
  /** What a name can be. */
  public static final String NAMES = "ours, ours-0 to ours-3, onnxruntime, djl, opencv, presets";

  private Peers() {}

  /**
   * Makes a peer ready.
   *
   * @param name one of {@link #NAMES}; what follows a {@code +} is for {@link #environment}
   * @throws Unavailable if something it needs is not there
   * @throws IllegalArgumentException if there is no peer of this name
   */
  public static Peer open(String name, Job job) throws Exception {
    List<String> parts = Arrays.asList(name.split("\\+")[0].split("-"));
    List<String> details = parts.subList(1, parts.size());
    boolean forward = job.question() == Job.Question.FORWARD;
    return switch (parts.get(0)) {
      case "ours" -> {
        LoadOptions options = OursPeer.options(details, job.threads());
        yield forward ? new OursPeer(job, options) : new OursFilePeer(job, options);
      }
      case "djl" -> forward ? new DjlPeer(job) : new DjlFilePeer(job);
      case "onnxruntime", "opencv", "presets" -> {
        if (!forward) {
          throw new Unavailable("it has no pipeline of its own from files to boxes");
        }
        yield switch (parts.get(0)) {
          case "onnxruntime" -> new OnnxRuntimePeer(job);
          case "opencv" -> new OpenCvPeer(job);
          default -> new PresetsPeer(job);
        };
      }
      default ->
          throw new IllegalArgumentException(
              "A peer was expected (" + NAMES + "), but '" + name + "' came.");
    };
  }

  /**
   * What the environment of a peer's process holds beyond what every user has: {@code
   * presets+OPENBLAS_NUM_THREADS=1} sets one variable.
   */
  public static Map<String, String> environment(String name) {
    Map<String, String> environment = new HashMap<>();
    String[] parts = name.split("\\+");
    for (String variable : Arrays.asList(parts).subList(1, parts.length)) {
      String[] pair = variable.split("=", 2);
      if (pair.length < 2) {
        throw new IllegalArgumentException(
            "After + a variable NAME=VALUE was expected, but '" + variable + "' came.");
      }
      if (pair[0].equals("OMP_WAIT_POLICY") && pair[1].equalsIgnoreCase("active")) {
        throw new IllegalArgumentException(
            "Peers that wait for their turn must sleep, but OMP_WAIT_POLICY=active keeps them"
                + " spinning; try GOMP_SPINCOUNT=300000, which ends after a while.");
      }
      environment.put(pair[0], pair[1]);
    }
    return environment;
  }
}
