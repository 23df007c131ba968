// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.yolotorch.ExportOptions;
import org.yolotorch.ImageSize;
import org.yolotorch.ModelInfo;
import org.yolotorch.RuntimeInfo;
import org.yolotorch.Yolo;

/** {@code yolo export}. */
final class ExportCommand {
  private final Values values;
  private final Console console;
  private final ExportOptions options;

  /** Builds the options first: a wrong one is told before any file is touched. */
  ExportCommand(Values values, Console console) {
    this.values = values;
    this.console = console;
    this.options =
        ExportOptions.builder()
            .format(values.text(Argument.FORMAT))
            .imgsz(values.size(Argument.IMGSZ))
            .batch(values.whole(Argument.BATCH))
            .device(values.text(Argument.DEVICE))
            .build();
  }

  /** Exports the model; the exit code. */
  int run() {
    long start = System.nanoTime();
    try (Yolo model = console.load(values, true)) {
      ModelInfo info = model.info();
      ImageSize size = inputSize(info);
      String source = values.model();
      console.line("");
      console.line(
          "Model: '"
              + source
              + "'"
              + megabytes(Path.of(source))
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
      Path file = model.export(options);
      console.line(
          "TorchScript: written in " + seconds(traced) + "s as '" + file + "'" + megabytes(file));
      console.line("");
      console.line("Export complete (" + seconds(start) + "s)");
      console.line("Results saved to " + file.toAbsolutePath().normalize().getParent());
      console.line(
          "Predict: yolo predict task="
              + info.task()
              + " model="
              + file
              + " imgsz="
              + (size.height() == size.width()
                  ? String.valueOf(size.height())
                  : size.height() + "," + size.width()));
    }
    return Main.OK;
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
          "imgsz "
              + asked
              + " becomes "
              + size
              + ": its sides must be multiples of "
              + stride
              + ".");
    }
    return size;
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
