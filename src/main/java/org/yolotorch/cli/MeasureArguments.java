// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import java.util.EnumMap;
import java.util.Map;

/**
 * What {@code val} and {@code benchmark} take of the arguments of all modes.
 *
 * @param defaultValue the default as it would be written on the command line, or null for none
 * @param help what it means there, or null for what it means to predict, what has no effect
 *     included
 */
record MeasureArguments(String defaultValue, String help) {
  private static final Map<Mode, Map<Argument, MeasureArguments>> ALL = new EnumMap<>(Mode.class);

  static {
    for (Mode mode : new Mode[] {Mode.VAL, Mode.BENCHMARK}) {
      put(mode, Argument.IMGSZ);
      put(mode, Argument.DEVICE);
      put(mode, Argument.THREADS);
      put(mode, Argument.PROJECT);
      put(mode, Argument.EXIST_OK);
      put(mode, Argument.NAME, mode.id(), null);
    }
    put(Mode.TRAIN, Argument.CFG);
    put(Mode.TRAIN, Argument.MODE);
    put(Mode.TRAIN, Argument.TASK, null, "the model's task, which the model itself knows");
    String data = "data.yaml of a data set; for classify its folder, with one folder per class";
    put(Mode.VAL, Argument.DATA, null, data);
    put(Mode.BENCHMARK, Argument.DATA, null, data + "; none measures no accuracy");
    put(
        Mode.VAL,
        Argument.RECT,
        "False",
        "pad a batch to a rectangle around its pictures, not to a square; checkpoints and dynamic"
            + " archives");
    put(Mode.VAL, Argument.SPLIT);
    put(Mode.VAL, Argument.SINGLE_CLS);
    put(Mode.VAL, Argument.PLOTS);
    put(Mode.VAL, Argument.WORKERS);
    put(
        Mode.VAL,
        Argument.OPTIMIZE_LEVEL,
        Argument.OPTIMIZE_LEVEL.defaultValue(),
        "how far the network is rewritten for the CPU: 0 LibTorch alone, 3 everything");
    put(Mode.VAL, Argument.PRECISION);
    put(
        Mode.BENCHMARK,
        Argument.PRECISION,
        null,
        "what layers compute in; by default both, bf16 at optimize_level 3 alone");
    put(
        Mode.VAL,
        Argument.BATCH,
        null,
        "pictures per batch; by default 16, or what an archive was exported with");
    put(Mode.VAL, Argument.CONF, "0.001", "least confidence of a detection; 0.01 for obb");
    put(
        Mode.VAL,
        Argument.IOU,
        Argument.IOU.defaultValue(),
        "overlap above which boxes are merged");
    put(
        Mode.VAL,
        Argument.MAX_DET,
        Argument.MAX_DET.defaultValue(),
        "most detections of a picture");
    put(Mode.VAL, Argument.CLASSES, null, "class ids to measure; by default all");
    put(Mode.VAL, Argument.AGNOSTIC_NMS, "False", "merge boxes of different classes too");
    put(Mode.VAL, Argument.SAVE_TXT);
    put(Mode.VAL, Argument.SAVE_CONF);
    put(Mode.VAL, Argument.SAVE_JSON, "False", "write predictions.json as COCO's tools read it");
    put(Mode.VAL, Argument.VERBOSE, "True", "print one line per class");
    put(Mode.VAL, Argument.HALF);
    put(Mode.VAL, Argument.AUGMENT);
    put(Mode.VAL, Argument.DNN);
    put(Mode.BENCHMARK, Argument.VERBOSE, "True", "say what runs where");
  }

  private static void put(Mode mode, Argument argument) {
    put(mode, argument, argument.defaultValue(), null);
  }

  private static void put(Mode mode, Argument argument, String defaultValue, String help) {
    ALL.computeIfAbsent(mode, m -> new EnumMap<>(Argument.class))
        .put(argument, new MeasureArguments(defaultValue, help));
  }

  /** What the mode says about an argument; null if it says nothing of its own. */
  static MeasureArguments find(Mode mode, Argument argument) {
    return ALL.getOrDefault(mode, Map.of()).get(argument);
  }
}
