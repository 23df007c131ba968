// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import java.nio.file.Path;
import org.yolotorch.FileInfo;
import org.yolotorch.LoadOptions;
import org.yolotorch.ModelArchive;
import org.yolotorch.Yolo;
import org.yolotorch.internal.PathText;

/** {@code yolo info}. */
final class InfoCommand {
  private final Values values;
  private final Console console;
  private final LoadOptions options;

  InfoCommand(Values values, Console console) {
    this.values = values;
    this.console = console;
    this.options = console.loadOptions(values).warmup(true).build();
  }

  /** Tells what the file is; the exit code, which is the number of the verdict. */
  int run() {
    Path file = console.modelFile(values);
    FileInfo info = ModelArchive.inspect(file, options);
    boolean runs = values.isGiven(Argument.OPTIMIZE_LEVEL) || values.isGiven(Argument.PRECISION);
    if (info.verdict() == FileInfo.Verdict.CLEAN && runs) {
      try (Yolo model = Yolo.load(file, options)) {
        info = info.withOptimizations(model.optimizations());
      }
    }
    if (values.flag(Argument.JSON)) {
      console.line(info.toJson(PathText.of(file)));
    } else {
      for (String line : new InfoText(PathText.of(file), info).lines()) {
        console.line(line);
      }
    }
    return info.verdict().number();
  }
}
