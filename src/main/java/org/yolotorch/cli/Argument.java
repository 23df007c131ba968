// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.yolotorch.ColorMode;
import org.yolotorch.ExportOptions;
import org.yolotorch.ImageLimits;
import org.yolotorch.ImageSize;
import org.yolotorch.LoadOptions;
import org.yolotorch.PlotOptions;
import org.yolotorch.Precision;
import org.yolotorch.PredictOptions;
import org.yolotorch.internal.Natives;
import org.yolotorch.render.Renderer;

/**
 * Every argument of every mode: name, kind of value, range, default and help. Parsing, checks,
 * help, {@code yolo cfg} and completion are made from this table; what depends on more than one
 * value is checked by the library itself.
 */
enum Argument {
  MODEL(
      Kind.PATH,
      Uses.ALL,
      null,
      "a path",
      "checkpoint, TorchScript archive, architecture or name of published weights; predict, export"
          + " and info take yolo11n-codes.pt without one, which comes with yolotorch and finds 1D and"
          + " 2D codes, or with another task yolo11n-seg.pt, yolo11n-pose.pt, ..."),
  SOURCE(
      Kind.PATH,
      Uses.PREDICT,
      null,
      "a path",
      "picture, video, folder, pattern such as 'a/**/*.jpg', .txt or .csv list of such names,"
          + " http(s) address, or - for standard input; for"
          + " yolo11n-codes.pt by default a picture that comes with yolotorch"),
  TASK(
      Kind.TEXT,
      Uses.ALL,
      null,
      "detect or another",
      "names the default model, and the task of an archive whose metadata tells none or a wrong"
          + " one; any other model knows its own"),
  MODE(Kind.TEXT, Uses.ALL, null, Mode.words(), "another way to name the mode"),
  CFG(Kind.PATH, Uses.ALL, null, "a path", "file of 'key: value' lines, as 'yolo cfg' prints them"),
  TRUSTED(
      Kind.FLAG,
      Uses.ALL,
      "False",
      "let an archive use operators that no YOLO network needs; only if you know its author"),
  SHA256(Kind.TEXT, Uses.ALL, null, "64 digits", "SHA-256 that the model file must have"),
  TIMEOUT(
      Kind.NUMBER,
      Uses.ALL,
      null,
      new Range(0, 86_400),
      "seconds that the program of a TorchScript archive may take for a batch; 0 for any, by default"
          + " 30 for each picture of the batch"),
  ISOLATED(
      Kind.FLAG,
      Uses.RUN,
      "False",
      "run the model in a process of its own, without files and with little memory and time; for"
          + " files of strangers"),
  CONF(
      Kind.NUMBER,
      Uses.BOTH,
      "" + Natives.YOLOTORCH_DEFAULT_CONF,
      Range.FRACTION,
      "least confidence of a detection; of an export: with nms"),
  IOU(
      Kind.NUMBER,
      Uses.BOTH,
      "" + Natives.YOLOTORCH_DEFAULT_IOU,
      Range.FRACTION,
      "overlap above which boxes are merged; of an export: with nms"),
  IMGSZ(
      Kind.SIZE,
      Uses.BOTH,
      null,
      new Range(1, ImageSize.MAX_SIDE),
      "network input size in pixels, or height,width; by default the model's own"),
  RECT(
      Kind.FLAG,
      Uses.PREDICT,
      "True",
      "pad to the smallest rectangle instead of to imgsz; checkpoints and dynamic archives"),
  MAX_DET(
      Kind.WHOLE,
      Uses.BOTH,
      "" + Natives.YOLOTORCH_DEFAULT_MAX_DET,
      new Range(1, PredictOptions.MAX_DET_LIMIT),
      "most detections of a picture; of an export: with nms"),
  CLASSES(Kind.WHOLES, Uses.PREDICT, null, "0 or 0,2", "class ids to keep; by default all"),
  AGNOSTIC_NMS(
      Kind.FLAG,
      Uses.BOTH,
      "False",
      "merge boxes of different classes too; of an export: with nms"),
  RETINA_MASKS(Kind.FLAG, Uses.PREDICT, "False", "make masks at the picture's size, more slowly"),
  TILE(
      Kind.WHOLE,
      Uses.PREDICT,
      null,
      new Range(PredictOptions.MIN_TILE, ImageSize.MAX_SIDE),
      "side of square parts that are predicted besides the whole picture, for small objects"),
  OVERLAP(
      Kind.NUMBER,
      Uses.PREDICT,
      "0.2",
      new Range(0, PredictOptions.MAX_OVERLAP),
      "part of a tile that the next one shares"),
  BATCH(
      Kind.WHOLE,
      Uses.BOTH,
      "1",
      new Range(1, ExportOptions.MAX_BATCH),
      "pictures predicted at a time; of an export: a batch to record"),
  VID_STRIDE(
      Kind.WHOLE, Uses.PREDICT, "1", new Range(1, 1_000_000), "take every n-th frame of a video"),
  ALLOW_PRIVATE(
      Kind.FLAG,
      Uses.PREDICT,
      "False",
      "let web addresses lead to this machine and to private networks"),
  MAX_PIXELS(
      Kind.WHOLE,
      Uses.PREDICT,
      "" + ImageLimits.defaults().maxPixels(),
      new Range(1, ImageLimits.MAX_PIXELS),
      "largest picture that is read, width x height; each million takes some ten MiB"),
  FORMAT(Kind.TEXT, Uses.EXPORT, ExportOptions.TORCHSCRIPT, "torchscript", "what to write"),
  OUTPUT(
      Kind.TEXT,
      Uses.EXPORT,
      null,
      "a path",
      "file to write; by default the model's name ending in .torchscript, here for weights given by name"),
  REPOSITORY(
      Kind.PATH,
      Uses.EXPORT,
      null,
      "a folder",
      "write NAME/VERSION/model.pt into this folder of models instead, for 'yolo serve' and Triton"),
  DYNAMIC(Kind.FLAG, Uses.EXPORT, "False", "take every size that the stride divides"),
  NMS(Kind.FLAG, Uses.EXPORT, "False", "give final detections instead of raw ones"),
  HALF(
      Kind.FLAG,
      Uses.BOTH,
      "False",
      new NoEffect("half precision is chosen by the export, 'yolo export half=True'"),
      "store weights in half precision"),
  QUANTIZE(Kind.TEXT, Uses.EXPORT, null, "16 or 32", "bits per weight; 16 is half=True"),
  OPTIMIZE(
      Kind.FLAG,
      Uses.EXPORT,
      "False",
      "freeze, and save for the lite interpreter of phones as well"),
  PIPELINE(
      Kind.FLAG,
      Uses.EXPORT,
      "False",
      "take one uint8 picture of any size, give final detections in its pixels"),
  SCRIPT(
      Kind.PATH,
      Uses.EXPORT,
      null,
      "a path",
      "TorchScript source of a forward() around self.network(x)"),
  LAYERS(Kind.TEXT, Uses.EXPORT, null, "0-9 or 4", "export these layers only"),
  INT8(
      Kind.FLAG,
      Uses.EXPORT,
      "False",
      new NoEffect("weights are stored in 32 bits, or with half=True in 16, not in 8")),
  KERAS(Kind.FLAG, Uses.EXPORT, "False", new NoEffect(Argument.OTHER_FORMATS)),
  FRACTION(
      Kind.NUMBER, Uses.EXPORT, "1.0", new NoEffect("no pictures are looked at to store weights")),
  DATA(
      Kind.PATH,
      Uses.BOTH,
      null,
      new NoEffect("val and benchmark alone read a data set; class names come from the model")),
  SIMPLIFY(Kind.FLAG, Uses.EXPORT, null, new NoEffect(Argument.OTHER_FORMATS)),
  OPSET(Kind.WHOLE, Uses.EXPORT, null, new NoEffect(Argument.OTHER_FORMATS)),
  WORKSPACE(Kind.NUMBER, Uses.EXPORT, null, new NoEffect(Argument.OTHER_FORMATS)),
  DEVICE(Kind.TEXT, Uses.BOTH, "cpu", "cpu or 0", "where the network runs"),
  THREADS(
      Kind.WHOLE,
      Uses.PREDICT,
      "0",
      new Range(0, LoadOptions.MAX_THREADS),
      "cores that one prediction uses; 0 takes those there are"),
  OPTIMIZE_LEVEL(
      Kind.WHOLE,
      Uses.TOLD,
      "" + LoadOptions.MAX_OPTIMIZE_LEVEL,
      new Range(0, LoadOptions.MAX_OPTIMIZE_LEVEL),
      "how far the network is rewritten for the CPU: 0 LibTorch alone, 3 everything; if given,"
          + " what was done is told, for which info runs the network once"),
  PRECISION(
      Kind.TEXT,
      Uses.TOLD,
      Precision.FP32.id(),
      "fp32 or bf16",
      "what layers compute in; bf16 is faster and a pixel or so less exact, and needs"
          + " optimize_level=3 and a CPU with AVX512_BF16"),
  SPLIT(Kind.TEXT, Uses.MEASURE, "val", "val, test or train", "part of the data set to measure on"),
  SINGLE_CLS(Kind.FLAG, Uses.MEASURE, "False", "count all classes as one"),
  WORKERS(
      Kind.WHOLE,
      Uses.MEASURE,
      null,
      new NoEffect("how pictures are read ahead is not chosen; threads tells the cores used")),
  PLOTS(Kind.FLAG, Uses.MEASURE, "True", "draw curves and confusion matrices"),
  JSON(
      Kind.FLAG,
      Uses.TOLD,
      "False",
      "print JSON instead of text: an object, or one per picture and line; all else goes to standard"
          + " error"),
  SAVE(Kind.FLAG, Uses.PREDICT, "True", "write annotated pictures and videos"),
  SAVE_FRAMES(
      Kind.FLAG, Uses.PREDICT, "False", "write each annotated frame of a video as a picture"),
  SAVE_TXT(Kind.FLAG, Uses.PREDICT, "False", "write YOLO label files"),
  SAVE_CONF(Kind.FLAG, Uses.PREDICT, "False", "add the confidence to label lines"),
  SAVE_CROP(Kind.FLAG, Uses.PREDICT, "False", "write a picture of each object by class"),
  SAVE_JSON(Kind.FLAG, Uses.PREDICT, "False", "write all results into predictions.json"),
  SAVE_CSV(Kind.FLAG, Uses.PREDICT, "False", "write all results into predictions.csv"),
  PROJECT(Kind.PATH, Uses.PREDICT, null, "a folder", "where runs are kept; by default runs/TASK"),
  NAME(
      Kind.TEXT,
      Uses.PREDICT,
      "predict",
      "a folder",
      "folder of this run; taken ones are counted up"),
  EXIST_OK(Kind.FLAG, Uses.PREDICT, "False", "write into the folder even if it exists"),
  VERBOSE(
      Kind.FLAG, Uses.PREDICT, "True", "print one line per picture; False prints failures alone"),
  PROFILE(Kind.FLAG, Uses.PREDICT, "False", "print where the time went"),
  SHOW_BOXES(Kind.FLAG, Uses.PREDICT, "True", "draw boxes and their labels"),
  SHOW_LABELS(Kind.FLAG, Uses.PREDICT, "True", "draw class names"),
  SHOW_CONF(Kind.FLAG, Uses.PREDICT, "True", "draw confidences"),
  LINE_WIDTH(
      Kind.WHOLE,
      Uses.PREDICT,
      null,
      new Range(1, Renderer.MAX_LINE_WIDTH),
      "width of the frames in pixels; by default from the picture's size"),
  COLOR_MODE(
      Kind.TEXT,
      Uses.PREDICT,
      ColorMode.CLASS.id(),
      "class or instance",
      "what decides the colour of an object"),
  KPT_RADIUS(
      Kind.WHOLE,
      Uses.PREDICT,
      null,
      new Range(1, Renderer.MAX_KEYPOINT_RADIUS),
      "radius of key points in pixels; by default from the picture's size"),
  KPT_LINE(Kind.FLAG, Uses.PREDICT, "True", "draw the limbs between the key points of a person"),
  FONT(
      Kind.PATH,
      Uses.PREDICT,
      null,
      "a path or a name",
      "TrueType or OpenType file, or installed family, that labels are written in"),
  FONT_SIZE(
      Kind.WHOLE,
      Uses.PREDICT,
      null,
      new Range(1, PlotOptions.MAX_FONT_SIZE),
      "size of the labels' letters in pixels; by default from the width of the frames"),
  SHOW(
      Kind.FLAG,
      Uses.PREDICT,
      "False",
      "show annotated pictures and videos in a window; q or closing it ends the run"),
  AUGMENT(
      Kind.FLAG, Uses.PREDICT, "False", new NoEffect("each picture is predicted once, as it is")),
  VISUALIZE(
      Kind.FLAG,
      Uses.PREDICT,
      "False",
      new NoEffect("features are not drawn; 'yolo export layers=0-9' makes an archive of them")),
  EMBED(
      Kind.WHOLES,
      Uses.PREDICT,
      null,
      new NoEffect("results are given; features are given in Java and C++, by Yolo.embed")),
  STREAM_BUFFER(
      Kind.FLAG,
      Uses.PREDICT,
      "False",
      new NoEffect("live streams are not read, and of a file no frame is dropped")),
  DNN(Kind.FLAG, Uses.PREDICT, "False", new NoEffect("it is of ONNX files")),
  END2END(Kind.FLAG, Uses.PREDICT, null, new NoEffect("the model itself says which head it has")),
  COMPILE(
      Kind.FLAG,
      Uses.PREDICT,
      "False",
      new NoEffect("the network is rewritten anyway, see optimize_level"));

  private static final String OTHER_FORMATS = "it is of other formats than TorchScript";

  /** What no other YOLO tool has, so that in another mode it is a mistake. */
  private static final Set<Argument> OWN =
      EnumSet.of(
          TRUSTED,
          SHA256,
          TIMEOUT,
          ISOLATED,
          TILE,
          OVERLAP,
          ALLOW_PRIVATE,
          MAX_PIXELS,
          OUTPUT,
          REPOSITORY,
          PIPELINE,
          SCRIPT,
          LAYERS,
          THREADS,
          OPTIMIZE_LEVEL,
          PRECISION,
          JSON,
          SAVE_CSV);

  private final String key = name().toLowerCase(Locale.ROOT);
  private final Kind kind;
  private final Uses uses;
  private final String defaultValue;
  private final String words;
  private final Range range;
  private final NoEffect noEffect;
  private final String help;

  Argument(Kind kind, Uses uses, String defaultValue, String help) {
    this(kind, uses, defaultValue, null, null, null, help);
  }

  Argument(Kind kind, Uses uses, String defaultValue, String words, String help) {
    this(kind, uses, defaultValue, words, null, null, help);
  }

  Argument(Kind kind, Uses uses, String defaultValue, Range range, String help) {
    this(kind, uses, defaultValue, range.toString(), range, null, help);
  }

  Argument(Kind kind, Uses uses, String defaultValue, NoEffect noEffect) {
    this(kind, uses, defaultValue, null, null, noEffect, null);
  }

  Argument(Kind kind, Uses uses, String defaultValue, NoEffect noEffect, String help) {
    this(kind, uses, defaultValue, null, null, noEffect, help);
  }

  Argument(
      Kind kind,
      Uses uses,
      String defaultValue,
      String words,
      Range range,
      NoEffect noEffect,
      String help) {
    this.kind = kind;
    this.uses = uses;
    this.defaultValue = defaultValue;
    this.words = words;
    this.range = range;
    this.noEffect = noEffect;
    this.help = help;
  }

  String key() {
    return key;
  }

  Kind kind() {
    return kind;
  }

  /** The default as it would be written on the command line, or null for none. */
  String defaultValue() {
    return defaultValue;
  }

  /** As {@link #defaultValue()}, of a mode that may have its own. */
  String defaultValue(Mode mode) {
    MeasureArguments own = MeasureArguments.find(mode, this);
    return own == null ? defaultValue : own.defaultValue();
  }

  /** Description of the accepted values. */
  String words() {
    return words == null ? kind.words() : words;
  }

  /** The range of each of its numbers, or null. */
  Range range() {
    return range;
  }

  String help(Mode mode) {
    MeasureArguments own = MeasureArguments.find(mode, this);
    if (own != null && own.help() != null) {
      return own.help();
    }
    return isWithoutEffect(mode) ? "without effect: " + noEffect.reason() : help;
  }

  boolean belongsTo(Mode mode) {
    return uses.contains(mode) || MeasureArguments.find(mode, this) != null;
  }

  /** Whether the mode takes the argument, but nothing comes of it. */
  boolean isWithoutEffect(Mode mode) {
    MeasureArguments own = MeasureArguments.find(mode, this);
    boolean untold = own == null ? help == null || mode == Mode.PREDICT : own.help() == null;
    return noEffect != null && untold;
  }

  /** Why nothing comes of it, and what is done instead. */
  String reason() {
    return noEffect.reason();
  }

  /** Whether other YOLO tools do not know it. */
  boolean isOwn() {
    return OWN.contains(this);
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
