// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import java.util.Locale;
import org.yolotorch.ExportOptions;
import org.yolotorch.ImageSize;
import org.yolotorch.LoadOptions;
import org.yolotorch.PredictOptions;
import org.yolotorch.render.Renderer;

/**
 * Every argument of every mode. Parsing, messages and help are made from this table; ranges are
 * checked where the options are built, by the library itself.
 */
enum Argument {
  MODEL(
      Kind.TEXT,
      Uses.ALL,
      null,
      "a path",
      "checkpoint, TorchScript archive, architecture or name of published weights; to predict and"
          + " export by default that of the task: yolo11n.pt, yolo11n-seg.pt, ..."),
  SOURCE(
      Kind.TEXT, Uses.PREDICT, null, "a path", "picture, folder, or pattern such as 'a/**/*.jpg'"),
  TASK(
      Kind.TEXT,
      Uses.ALL,
      null,
      "detect or another",
      "names the default model, and the task of an archive whose metadata tells none or a wrong"
          + " one; any other model knows its own"),
  MODE(
      Kind.TEXT,
      Uses.ALL,
      null,
      "predict, export, info, val or benchmark",
      "another way to name the mode"),
  TRUSTED(
      Kind.FLAG,
      Uses.ALL,
      "False",
      null,
      "let an archive use operators that no YOLO network needs; only if you know its author"),
  SHA256(Kind.TEXT, Uses.ALL, null, "64 digits", "SHA-256 that the model file must have"),
  CONF(
      Kind.NUMBER,
      Uses.BOTH,
      "0.25",
      "0 to 1",
      "least confidence of a detection; of an export: with nms"),
  IOU(
      Kind.NUMBER,
      Uses.BOTH,
      "0.7",
      "0 to 1",
      "overlap above which boxes are merged; of an export: with nms"),
  IMGSZ(
      Kind.SIZE,
      Uses.BOTH,
      null,
      "1 to " + ImageSize.MAX_SIDE + ", or h,w",
      "network input size in pixels; by default the model's own"),
  MAX_DET(
      Kind.WHOLE,
      Uses.BOTH,
      "300",
      "1 to " + PredictOptions.MAX_DET_LIMIT,
      "most detections of a picture; of an export: with nms"),
  CLASSES(Kind.WHOLES, Uses.PREDICT, null, "0 or 0,2", "class ids to keep; by default all"),
  AGNOSTIC_NMS(
      Kind.FLAG,
      Uses.BOTH,
      "False",
      null,
      "merge boxes of different classes too; of an export: with nms"),
  RETINA_MASKS(
      Kind.FLAG, Uses.PREDICT, "False", null, "make masks at the picture's size, more slowly"),
  FORMAT(Kind.TEXT, Uses.EXPORT, ExportOptions.TORCHSCRIPT, "torchscript", "what to write"),
  BATCH(
      Kind.WHOLE,
      Uses.EXPORT,
      "1",
      "1 to " + ExportOptions.MAX_BATCH,
      "pictures a batch to record"),
  OUTPUT(
      Kind.TEXT,
      Uses.EXPORT,
      null,
      "a path",
      "file to write; by default the model's name ending in .torchscript, here for weights given by name"),
  DYNAMIC(Kind.FLAG, Uses.EXPORT, "False", null, "take every size that the stride divides"),
  NMS(Kind.FLAG, Uses.EXPORT, "False", null, "give final detections instead of raw ones"),
  HALF(Kind.FLAG, Uses.EXPORT, "False", null, "store weights in half precision"),
  QUANTIZE(Kind.TEXT, Uses.EXPORT, null, "16 or 32", "bits a weight; 16 is half=True"),
  OPTIMIZE(
      Kind.FLAG,
      Uses.EXPORT,
      "False",
      null,
      "freeze, and save for the lite interpreter of phones as well"),
  PIPELINE(
      Kind.FLAG,
      Uses.EXPORT,
      "False",
      null,
      "take one uint8 picture of any size, give final detections in its pixels"),
  SCRIPT(
      Kind.TEXT,
      Uses.EXPORT,
      null,
      "a path",
      "TorchScript source of a forward() around self.network(x)"),
  LAYERS(Kind.TEXT, Uses.EXPORT, null, "0-9 or 4", "export these layers only"),
  INT8(Kind.FLAG, Uses.EXPORT, "False", null, Argument.REFUSED),
  KERAS(Kind.FLAG, Uses.EXPORT, "False", null, Argument.REFUSED),
  FRACTION(Kind.NUMBER, Uses.EXPORT, "1.0", null, Argument.REFUSED),
  DATA(Kind.TEXT, Uses.EXPORT, null, null, Argument.REFUSED),
  SIMPLIFY(Kind.FLAG, Uses.EXPORT, null, null, Argument.IGNORED),
  OPSET(Kind.WHOLE, Uses.EXPORT, null, null, Argument.IGNORED),
  WORKSPACE(Kind.NUMBER, Uses.EXPORT, null, null, Argument.IGNORED),
  DEVICE(Kind.TEXT, Uses.BOTH, "cpu", "cpu or 0", "where the network runs"),
  THREADS(
      Kind.WHOLE,
      Uses.PREDICT,
      "0",
      "0 to " + LoadOptions.MAX_THREADS,
      "cores that one prediction uses; 0 takes those there are"),
  OPTIMIZE_LEVEL(
      Kind.WHOLE,
      Uses.PREDICT,
      "" + LoadOptions.MAX_OPTIMIZE_LEVEL,
      "0 to " + LoadOptions.MAX_OPTIMIZE_LEVEL,
      "how far the network is rewritten for the CPU: 0 LibTorch alone, 3 everything"),
  SPLIT(Kind.TEXT, Uses.MEASURE, "val", "val, test or train", "part of the data set to measure on"),
  SINGLE_CLS(Kind.FLAG, Uses.MEASURE, "False", null, "count all classes as one"),
  PLOTS(Kind.FLAG, Uses.MEASURE, "True", null, "draw curves and confusion matrices"),
  WORKERS(Kind.WHOLE, Uses.MEASURE, "8", null, "of other programs; accepted and ignored"),
  JSON(Kind.FLAG, Uses.INFO, "False", null, "print one JSON object instead of text"),
  SAVE(Kind.FLAG, Uses.PREDICT, "True", null, "write annotated pictures"),
  SAVE_TXT(Kind.FLAG, Uses.PREDICT, "False", null, "write YOLO label files"),
  SAVE_CONF(Kind.FLAG, Uses.PREDICT, "False", null, "add the confidence to label lines"),
  SAVE_JSON(Kind.FLAG, Uses.PREDICT, "False", null, "write all results into predictions.json"),
  PROJECT(Kind.TEXT, Uses.PREDICT, null, "a folder", "where runs are kept; by default runs/TASK"),
  NAME(
      Kind.TEXT,
      Uses.PREDICT,
      "predict",
      "a folder",
      "folder of this run; taken ones are counted up"),
  EXIST_OK(Kind.FLAG, Uses.PREDICT, "False", null, "write into the folder even if it exists"),
  VERBOSE(Kind.FLAG, Uses.PREDICT, "True", null, "print a line a picture"),
  SHOW_BOXES(Kind.FLAG, Uses.PREDICT, "True", null, "draw boxes and their labels"),
  SHOW_LABELS(Kind.FLAG, Uses.PREDICT, "True", null, "draw class names"),
  SHOW_CONF(Kind.FLAG, Uses.PREDICT, "True", null, "draw confidences"),
  LINE_WIDTH(
      Kind.WHOLE,
      Uses.PREDICT,
      null,
      "1 to " + Renderer.MAX_LINE_WIDTH,
      "width of the frames in pixels; by default from the picture's size");

  private static final String REFUSED = "of other formats; refused unless left at its default";
  private static final String IGNORED = "of other formats; accepted and ignored";

  /** How a value is read. */
  enum Kind {
    TEXT("a text", "cpu"),
    NUMBER("a number", "0.5"),
    WHOLE("a whole number", "100"),
    WHOLES("whole numbers", "0,2"),
    SIZE("a whole number or height,width", "640"),
    FLAG("True or False", "True");

    private final String words;
    private final String example;

    Kind(String words, String example) {
      this.words = words;
      this.example = example;
    }

    String words() {
      return words;
    }

    String example() {
      return example;
    }
  }

  /**
   * The modes that take an argument; {@code BOTH} are predict and export. What {@code MEASURE},
   * which is val and benchmark, take of the others' is told by {@link MeasureArguments}.
   */
  enum Uses {
    PREDICT,
    EXPORT,
    INFO,
    MEASURE,
    BOTH,
    ALL
  }

  private final String key = name().toLowerCase(Locale.ROOT);
  private final Kind kind;
  private final Uses uses;
  private final String fallback;
  private final String range;
  private final String help;

  Argument(Kind kind, Uses uses, String fallback, String range, String help) {
    this.kind = kind;
    this.uses = uses;
    this.fallback = fallback;
    this.range = range;
    this.help = help;
  }

  String key() {
    return key;
  }

  Kind kind() {
    return kind;
  }

  /** The default as it would be written on the command line, or null for none. */
  String fallback() {
    return fallback;
  }

  /** As {@link #fallback()}, of a mode that may have its own. */
  String fallback(Mode mode) {
    MeasureArguments own = MeasureArguments.find(mode, this);
    return own == null ? fallback : own.fallback();
  }

  String range() {
    return range == null ? kind.words() : range;
  }

  String help(Mode mode) {
    MeasureArguments own = MeasureArguments.find(mode, this);
    return own == null || own.help() == null ? help : own.help();
  }

  boolean belongsTo(Mode mode) {
    if (MeasureArguments.find(mode, this) != null) {
      return true;
    }
    return switch (uses) {
      case MEASURE -> false;
      case ALL -> true;
      case BOTH -> mode == Mode.PREDICT || mode == Mode.EXPORT;
      case PREDICT -> mode == Mode.PREDICT;
      case EXPORT -> mode == Mode.EXPORT;
      case INFO -> mode == Mode.INFO;
    };
  }

  /** The argument of this key, or null. */
  static Argument find(String key) {
    for (Argument argument : values()) {
      if (argument.key.equals(key)) {
        return argument;
      }
    }
    return null;
  }
}
