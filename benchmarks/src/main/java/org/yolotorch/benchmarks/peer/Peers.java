// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.peer;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.yolotorch.LoadOptions;

/** The peers by name. */
public final class Peers {
  /** What a name can be. */
  public static final String NAMES =
      "ours, ours-0 to ours-3, onnxruntime, djl, opencv, presets, presets-blas1";

  private Peers() {}

  /**
   * Makes a peer ready.
   *
   * @throws Unavailable if something it needs is not there
   * @throws IllegalArgumentException if there is no peer of this name
   */
  public static Peer open(String name, Job job) throws Exception {
    List<String> parts = Arrays.asList(name.split("-"));
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

  /** What the environment of a peer's process holds beyond what every user has. */
  public static Map<String, String> environment(String name) {
    return name.equals("presets-blas1") ? Map.of("OPENBLAS_NUM_THREADS", "1") : Map.of();
  }
}
