// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.Objects;
import org.yolotorch.train.TrainArgument;

/** The help texts, made from {@link Mode} and {@link Argument}. */
final class Help {
  private static final int KEY_WIDTH = 16;

  private Help() {}

  /** Help for a mode, or for all of them if it is null. */
  static void print(Mode mode, PrintStream out) {
    if (mode == null || !mode.isAvailable()) {
      printAll(out);
    } else {
      printMode(mode, out);
    }
  }

  private static void printAll(PrintStream out) {
    out.println("Usage: yolo [TASK] MODE key=value ...");
    out.println();
    out.println("Tasks: detect, segment, pose, obb, classify");
    out.println();
    out.println("Modes:");
    for (Mode mode : Mode.values()) {
      if (mode.isAvailable()) {
        out.println("  " + pad(mode.id()) + mode.help());
      }
    }
    out.println();
    out.println("Besides:");
    for (Subcommand subcommand : Subcommand.values()) {
      out.println("  " + pad(subcommand.id()) + subcommand.help());
    }
    out.println(
        "  " + pad("serve") + "answer pictures over HTTP; 'yolo serve --help' lists its settings");
    out.println();
    out.println(
        "Exit codes: 0 all done, 1 something failed, 2 the command line is wrong; of info:");
    out.println("0 a clean model, 1 a refused or missing file, 2 no model that can be told.");
    out.println();
    out.println("yolo11n-codes.pt comes with yolotorch, under the Apache License 2.0.");
    out.println("Published weights such as yolo11n.pt are looked for in the working folder, the");
    out.println(
        "folders of YOLOTORCH_WEIGHTS and ~/.cache/yolotorch/weights ($XDG_CACHE_HOME), then");
    out.println(
        "downloaded into the latter, from YOLOTORCH_WEIGHTS_URL if it is set. They carry their");
    out.println("own licence: AGPL-3.0 unless you have bought another one.");
    out.println(
        "Data sets are looked for in the folders of YOLOTORCH_DATASETS, by default ./datasets.");
    out.println();
    out.println("Examples:");
    out.println("  yolo predict");
    out.println("  yolo export model=yolo11n.pt");
    out.println("  yolo predict model=yolo11n.torchscript source=bus.jpg conf=0.5 save_txt");
    out.println("  yolo segment predict model=yolo11n-seg.pt source='photos/*.jpg' save_json");
    out.println("  yolo predict model=yolo11n.pt source=clip.mp4 vid_stride=2 --json");
    out.println("  yolo info model=unknown.torchscript");
    out.println("  yolo val model=yolo11n.pt data=data.yaml save_json");
    out.println("  yolo benchmark model=yolo11n.pt data=data.yaml");
    out.println("  yolo train model=yolo11n.pt data=data.yaml epochs=50 imgsz=640");
    out.println("  yolo serve model=yolo11n.torchscript");
  }

  private static void printMode(Mode mode, PrintStream out) {
    out.println("Usage: yolo " + mode.id() + " key=value ...");
    out.println("  " + mode.help());
    out.println();
    if (mode == Mode.INFO) {
      printVerdicts(out);
    }
    out.println("Arguments (values they take, default):");
    if (mode == Mode.TRAIN) {
      printTraining(out);
    }
    for (Argument argument : Argument.values()) {
      if (argument.belongsTo(mode)) {
        String value = argument.defaultValue(mode);
        String defaultValue = value == null ? "" : ", " + value;
        String text =
            argument.isWithoutEffect(mode)
                ? argument.help(mode)
                : argument.help(mode) + " (" + argument.words() + defaultValue + ")";
        for (String line : Columns.wrap("  " + argument.key(), KEY_WIDTH + 2, text)) {
          out.println(line);
        }
      }
    }
    out.println();
    out.println("Whatever else Ultralytics knows, such as tracker=botsort.yaml, is taken");
    out.println("with a warning and changes nothing.");
  }

  private static void printTraining(PrintStream out) {
    for (TrainArgument argument : TrainArgument.values()) {
      String value = argument.defaultValue() == null ? "" : ", " + argument.defaultValue();
      String text = argument.help() + " (" + argument.words() + value + ")";
      for (String line : Columns.wrap("  " + argument.key(), KEY_WIDTH + 2, text)) {
        out.println(line);
      }
    }
  }

  /** Every argument with its default, as {@code cfg=} reads it. */
  static void printDefaults(PrintStream out) {
    for (Argument argument : Argument.values()) {
      if (argument != Argument.CFG && argument != Argument.MODE) {
        String line = argument.key() + ":";
        String value = argument.defaultValue();
        // What every mode has its own default for is left to it.
        boolean same =
            Arrays.stream(Mode.values())
                .filter(argument::belongsTo)
                .allMatch(mode -> Objects.equals(argument.defaultValue(mode), value));
        out.println(line + (value == null || !same ? "" : " " + value));
      }
    }
  }

  private static void printVerdicts(PrintStream out) {
    out.println("Exit codes:");
    out.println("  0  clean: a model in which nothing was found that should not be there");
    out.println("  1  refused: damaged, or it asks for more than a model may; or no such file");
    out.println("  2  cannot tell: no model, or one of a kind that is not read here; or the");
    out.println("     command line is wrong");
    out.println();
  }

  private static String pad(String key) {
    StringBuilder text = new StringBuilder(key);
    while (text.length() < KEY_WIDTH) {
      text.append(' ');
    }
    return text.toString();
  }
}
