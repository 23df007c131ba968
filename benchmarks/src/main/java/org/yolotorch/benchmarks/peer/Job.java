// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.peer;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What every peer of a comparison does.
 *
 * @param question what a run is
 * @param assets folder of models and pictures, as README.md says
 * @param model name of the model without its ending, or of an architecture with random weights
 *     ({@code yolo11s.yaml})
 * @param batch pictures per run
 * @param threads cores that a run may use
 */
public record Job(Question question, Path assets, String model, int batch, int threads) {
  /** What a run is. */
  public enum Question {
    /** Pixels of the network's size to its output. */
    FORWARD,
    /** The bytes of a JPEG file to boxes. */
    ENDTOEND
  }

  /** The model as TorchScript. */
  Path torchScript() throws Unavailable {
    return existing(assets.resolve("exported").resolve(model + ".torchscript"));
  }

  /** The same weights as ONNX. */
  Path onnx() throws Unavailable {
    return existing(assets.resolve("exported").resolve(model + ".onnx"));
  }

  /** A job of one picture for yolotorch alone. */
  public static Job ofOne(Path assets, String model, int threads) {
    return new Job(Question.FORWARD, assets, model, 1, threads);
  }

  /**
   * What yolotorch loads: TorchScript, else the checkpoint, else an architecture.
   *
   * @throws Unavailable if there is none
   */
  public Path forYolotorch() throws Unavailable {
    if (model.endsWith(".yaml")) {
      return Path.of(model);
    }
    Path archive = assets.resolve("exported").resolve(model + ".torchscript");
    return Files.exists(archive)
        ? archive
        : existing(assets.resolve("weights").resolve(model + ".pt"));
  }

  /** This file of the assets. */
  static Path existing(Path file) throws Unavailable {
    if (!Files.exists(file)) {
      throw new Unavailable("there is no " + file.getFileName() + " in " + file.getParent());
    }
    return file;
  }
}
