// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.yolotorch.ExportOptions;
import org.yolotorch.ImageSize;
import org.yolotorch.ModelInfo;
import org.yolotorch.RuntimeInfo;
import org.yolotorch.Task;
import org.yolotorch.Yolo;
import org.yolotorch.YoloException;

/** {@code yolo export}. */
final class ExportCommand {
  private final Values values;
  private final Console console;
  private final ModelRepository place;
  private final ExportOptions options;

  /** Builds the options first, so that a wrong one is reported before any file is touched. */
  ExportCommand(Values values, Console console) {
    this.values = values;
    this.console = console;
    this.place = ExportArguments.place(values, console);
    this.options = ExportArguments.read(values, place, console);
  }

  /** Exports the model; the exit code. */
  int run() {
    Path source = console.modelFile(values);
    long start = System.nanoTime();
    try (Yolo model = console.load(values, source)) {
      ModelInfo info = model.info();
      if (info.kind().equals(ExportOptions.TORCHSCRIPT)) {
        throw new YoloException.UnsupportedModel(
            "'"
                + source
                + "' is a TorchScript archive already; export from a checkpoint (.pt) or an"
                + " architecture (.yaml).");
      }
      ImageSize size = inputSize(info);
      console.line("");
      console.line(
          "Model: '"
              + source
              + "'"
              + megabytes(source)
              + " with input shape ("
              + options.batch()
              + ", "
              + info.channels()
              + ", "
              + size.height()
              + ", "
              + size.width()
              + ")");
      console.line(
          "TorchScript: tracing with LibTorch " + RuntimeInfo.current().libtorch() + " ...");
      long traced = System.nanoTime();
      Path file = export(model);
      tellWhatWasDone(info);
      console.line(
          "TorchScript: written in " + seconds(traced) + "s as '" + file + "'" + megabytes(file));
      console.line("");
      console.line("Export complete (" + seconds(start) + "s)");
      console.line("Results saved to " + file.toAbsolutePath().normalize().getParent());
      if (place == null) {
        console.line(next(info, file, size));
      } else {
        Path config = place.describe();
        console.line("Serve: yolo serve repository=" + config.getParent().getParent());
      }
    }
    return Main.OK;
  }

  private Path export(Yolo model) {
    if (place == null) {
      return model.export(options);
    }
    place.take();
    try {
      return model.export(options);
    } finally {
      // Does nothing where the file is there.
      place.giveBack();
    }
  }

  /** A line for each option that made the archive another than the plain one. */
  private void tellWhatWasDone(ModelInfo info) {
    boolean classify = info.task() == Task.CLASSIFY;
    boolean nms = options.nms() || options.pipeline() && !classify;
    if (options.layers() != null) {
      console.line("layers: only " + options.layers() + "; the archive gives what the last gives");
    }
    if (options.script() != null) {
      console.line("script: forward is that of '" + options.script() + "'");
    }
    if (options.dynamic()) {
      console.line("dynamic: takes every size whose sides are multiples of " + info.stride());
    }
    if (options.pipeline()) {
      console.line(
          "pipeline: takes one uint8 RGB picture (height, width, 3) of any size"
              + (options.nms() || classify ? "" : "; nms=True comes with it"));
    }
    if (nms) {
      console.line(
          "nms: gives final detections; conf="
              + options.conf()
              + " iou="
              + options.iou()
              + " max_det="
              + options.maxDet()
              + (options.agnosticNms() ? " agnostic_nms=True" : "")
              + (options.pipeline() ? "" : " unless a caller passes others"));
    }
    if (options.half()) {
      console.line("half: weights in half precision; inputs and results keep their type");
    }
    if (options.optimize()) {
      console.line(
          "optimize: XNNPACK is not in this LibTorch; frozen, folded and saved for the lite"
              + " interpreter");
    }
  }

  /** What to do with the file next. */
  private String next(ModelInfo info, Path file, ImageSize size) {
    if (options.pipeline() || options.layers() != null) {
      // No model that predict could letterbox for, or decode: it is used as it is.
      return "Load: torch::jit::load(\""
          + file
          + "\") in C++, torch.jit.load('"
          + file
          + "') in Python";
    }
    return "Predict: yolo predict task="
        + info.task()
        + " model="
        + file
        + " imgsz="
        + (size.height() == size.width()
            ? String.valueOf(size.height())
            : size.height() + "," + size.width());
  }

  /** The size the archive will have: the one asked for, rounded up to the stride. */
  private ImageSize inputSize(ModelInfo info) {
    ImageSize asked = options.imgsz() == null ? info.imgsz() : options.imgsz();
    int stride = Math.max(1, info.stride());
    int height = (asked.height() + stride - 1) / stride * stride;
    int width = (asked.width() + stride - 1) / stride * stride;
    ImageSize size = new ImageSize(height, width);
    if (!size.equals(asked)) {
      console.accept(
          "imgsz="
              + brackets(asked)
              + " is no multiple of the stride "
              + stride
              + ": taking "
              + brackets(size));
    }
    return size;
  }

  private static String brackets(ImageSize size) {
    return "[" + size.height() + ", " + size.width() + "]";
  }

  private static String seconds(long start) {
    return Console.tenths((System.nanoTime() - start) / 1e9);
  }

  /** The size of a file in brackets, nothing if there is no such file. */
  private static String megabytes(Path file) {
    try {
      return " (" + Console.tenths(Files.size(file) / (double) (1 << 20)) + " MB)";
    } catch (IOException e) {
      return "";
    }
  }
}
