// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.yolotorch.ExportOptions;
import org.yolotorch.Weights;
import org.yolotorch.internal.PathText;

/** Makes export options of a command line; ranges and contradictions are the library's to check. */
final class ExportArguments {
  private final Values values;
  private final Console console;

  private ExportArguments(Values values, Console console) {
    this.values = values;
    this.console = console;
  }

  /**
   * The options asked for.
   *
   * @throws UsageException if a value is none that this format has
   */
  static ExportOptions read(Values values, ModelRepository place, Console console) {
    ExportArguments arguments = new ExportArguments(values, console);
    // The format first: with another one the other arguments would have been right.
    ExportOptions.builder().format(values.text(Argument.FORMAT)).build();
    return arguments.options(place);
  }

  /**
   * The place in the model repository asked for, or null for none.
   *
   * @throws UsageException if other arguments do not go with it
   */
  static ModelRepository place(Values values, Console console) {
    if (!values.isGiven(Argument.REPOSITORY)) {
      return null;
    }
    for (Argument other : List.of(Argument.OUTPUT, Argument.PIPELINE, Argument.LAYERS)) {
      if (values.isGiven(other)) {
        throw new UsageException(
            "repository names the file itself and holds whole networks, but "
                + other.key()
                + " came with it; leave one of the two out.");
      }
    }
    ExportArguments arguments = new ExportArguments(values, console);
    Path model =
        values.isGiven(Argument.MODEL) ? arguments.path(Argument.MODEL) : Path.of(values.model());
    return ModelRepository.next(arguments.path(Argument.REPOSITORY), model);
  }

  private ExportOptions options(ModelRepository place) {
    ExportOptions.Builder builder =
        ExportOptions.builder()
            .imgsz(values.size(Argument.IMGSZ))
            .batch(values.whole(Argument.BATCH))
            .device(values.text(Argument.DEVICE))
            .file(place == null ? output() : place.file())
            .dynamic(values.flag(Argument.DYNAMIC))
            .nms(values.flag(Argument.NMS))
            .agnosticNms(values.flag(Argument.AGNOSTIC_NMS))
            .half(half())
            .optimize(values.flag(Argument.OPTIMIZE))
            .pipeline(values.flag(Argument.PIPELINE))
            .script(path(Argument.SCRIPT))
            .layers(values.text(Argument.LAYERS));
    if (values.isGiven(Argument.CONF)) {
      builder.conf(values.number(Argument.CONF));
    }
    if (values.isGiven(Argument.IOU)) {
      builder.iou(values.number(Argument.IOU));
    }
    if (values.isGiven(Argument.MAX_DET)) {
      builder.maxDet(values.whole(Argument.MAX_DET));
    }
    return builder.build();
  }

  private Path output() {
    String model = values.model();
    if (values.isGiven(Argument.OUTPUT) || !Weights.names().contains(model)) {
      return path(Argument.OUTPUT);
    }
    // Weights given by name may lie in the cache, where nobody would look for the archive.
    return Path.of(model.substring(0, model.lastIndexOf('.')) + "." + ExportOptions.TORCHSCRIPT);
  }

  private Path path(Argument argument) {
    String text = values.text(argument);
    try {
      return text == null ? null : PathText.of(text);
    } catch (InvalidPathException e) {
      throw new UsageException(
          argument.key()
              + " must be a path, but was '"
              + text.replace('\0', '?')
              + "'"
              + PathText.advice(text, "; write it like " + argument.key() + "=folder/file."));
    }
  }

  private boolean half() {
    boolean half = values.flag(Argument.HALF);
    if (!values.isGiven(Argument.QUANTIZE)) {
      return half;
    }
    String bits = values.text(Argument.QUANTIZE).toLowerCase(Locale.ROOT);
    switch (bits) {
      case "16":
      case "fp16":
        if (values.isGiven(Argument.HALF) && !half) {
          throw contradiction(bits, "False");
        }
        return true;
      case "32":
      case "fp32":
        if (half) {
          throw contradiction(bits, "True");
        }
        return false;
      case "8":
      case "int8":
        console.accept(NoEffect.warning("quantize", bits, Mode.EXPORT, Argument.INT8.reason()));
        return half;
      default:
        throw new UsageException(
            "quantize must be 16 or 32 bits, but was '"
                + bits
                + "'; leave it out or write half=True.");
    }
  }

  private static UsageException contradiction(String bits, String half) {
    return new UsageException(
        "quantize="
            + bits
            + " and half="
            + half
            + " contradict each other: leave one of them out.");
  }
}
