// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal;

import java.util.List;
import java.util.Locale;
import org.yolotorch.ExportOptions;
import org.yolotorch.YoloException;

/** Which export options there are and which exclude each other. */
public final class ExportChecks {
  /** What others write; named so that nobody takes one of them for a misspelling. */
  private static final List<String> OTHER_FORMATS =
      List.of(
          "onnx",
          "openvino",
          "engine",
          "coreml",
          "saved_model",
          "pb",
          "tflite",
          "edgetpu",
          "tfjs",
          "paddle",
          "mnn",
          "ncnn",
          "imx",
          "rknn",
          "executorch",
          "axelera");

  private ExportChecks() {}

  /** The format in lower case. */
  public static String format(String given) {
    Checks.line("format", given);
    String format = given.toLowerCase(Locale.ROOT);
    if (format.equals(ExportOptions.TORCHSCRIPT)) {
      return format;
    }
    String start = "format must be torchscript, but was '" + given + "'";
    if (format.equals("pt")) {
      throw refused(start + ", the checkpoint itself; leave it out or write format=torchscript.");
    }
    if (OTHER_FORMATS.contains(format)) {
      throw refused(
          start
              + "; only TorchScript is written here, which LibTorch runs by itself: leave format"
              + " out.");
    }
    // There is only one that it can have been meant to be.
    throw refused(start + "; the nearest is 'torchscript': write format=torchscript.");
  }

  public static void layers(String layers) {
    if (!isRange(layers)) {
      throw refused(
          "layers must be FIRST-LAST such as 0-9, but was '" + layers + "'; write two numbers.");
    }
  }

  private static boolean isRange(String text) {
    int dash = text.indexOf('-');
    return dash < 0
        ? isNumber(text)
        : isNumber(text.substring(0, dash)) && isNumber(text.substring(dash + 1));
  }

  private static boolean isNumber(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return !text.isEmpty() && text.length() < 6;
  }

  /** Refuses options that exclude each other; what depends on the task is left to the export. */
  public static void contradictions(
      boolean nms, boolean dynamic, boolean pipeline, boolean script, boolean layers) {
    if (pipeline && dynamic) {
      throw refused(
          "pipeline=True takes pictures of any size already and runs the network at one size: leave"
              + " dynamic out.");
    }
    if (script && (nms || pipeline)) {
      throw refused("script=FILE brings its own forward: leave nms and pipeline out.");
    }
    if (layers && (nms || pipeline || script)) {
      throw refused(
          "layers=FIRST-LAST exports a part as it is: leave nms, pipeline and script out.");
    }
  }

  public static void optimize(String device) {
    if (!device.equals("cpu")) {
      throw refused("optimize=True is for phones and runs on the CPU only: use device=cpu.");
    }
  }

  /** Refuses an option of the non-maximum suppression where the archive does none. */
  public static void needsNms(String name, boolean given) {
    if (given) {
      throw refused(
          name + " is for archives that give final detections, but nms is off: add nms=True.");
    }
  }

  private static YoloException refused(String sentence) {
    return new YoloException.InvalidArgument(sentence);
  }
}
