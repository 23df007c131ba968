// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import java.io.PrintStream;

/** The help texts, made from {@link Mode} and {@link Argument}. */
final class Help {
  private static final int KEY_WIDTH = 14;

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
    out.println("  " + pad("help") + "this text; 'yolo MODE --help' lists a mode's arguments");
    out.println("  " + pad("version") + "the version of yolotorch");
    out.println();
    out.println("Published weights such as yolo11n.pt are looked for in the working folder, the");
    out.println(
        "folders of YOLOTORCH_WEIGHTS and ~/.cache/yolotorch/weights ($XDG_CACHE_HOME), then");
    out.println(
        "downloaded into the latter, from YOLOTORCH_WEIGHTS_URL if it is set. They carry their");
    out.println("own licence: AGPL-3.0 unless you have bought another one.");
    out.println();
    out.println("Examples:");
    out.println("  yolo export model=yolo11n.pt");
    out.println("  yolo predict model=yolo11n.torchscript source=bus.jpg conf=0.5 save_txt");
    out.println("  yolo segment predict model=yolo11n-seg.pt source='photos/*.jpg' save_json");
  }

  private static void printMode(Mode mode, PrintStream out) {
    out.println("Usage: yolo " + mode.id() + " key=value ...");
    out.println("  " + mode.help());
    out.println();
    out.println("Arguments (values they take, default):");
    for (Argument argument : Argument.values()) {
      if (argument.belongsTo(mode)) {
        String fallback = argument.fallback() == null ? "" : ", " + argument.fallback();
        out.println(
            "  "
                + pad(argument.key())
                + argument.help()
                + " ("
                + argument.range()
                + fallback
                + ")");
      }
    }
  }

  private static String pad(String key) {
    StringBuilder text = new StringBuilder(key);
    while (text.length() < KEY_WIDTH) {
      text.append(' ');
    }
    return text.toString();
  }
}
