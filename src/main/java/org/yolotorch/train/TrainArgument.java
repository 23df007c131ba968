// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.yolotorch.YoloException;
import org.yolotorch.internal.PlainText;

/**
 * Every argument of a training, with the name, default and range that YOLO users know; in the order
 * in which {@code args.yaml} lists them.
 */
public enum TrainArgument {
  /** Checkpoint to begin from, or architecture: a path, or a name such as yolo11n.pt. */
  MODEL(Kind.TEXT, null, "checkpoint to begin from, or architecture (yolo11n.yaml) from scratch"),
  /** The data set. */
  DATA(Kind.TEXT, null, "data.yaml of a data set; for classify its folder"),
  /** Passes over the data set. */
  EPOCHS(Kind.WHOLE, "100", 1, 1_000_000, "passes over the data set"),
  /** Hours after which the training ends; overrides epochs. */
  TIME(Kind.NUMBER, null, 0, 1e5, "hours after which the training ends, whatever epochs says"),
  /** Epochs without a better one after which the training ends. */
  PATIENCE(Kind.WHOLE, "100", 0, 1_000_000, "epochs without a better one that end it; 0 never"),
  /** Pictures of a batch. */
  BATCH(Kind.NUMBER, "16", -1, 1024, "pictures of a batch; -1 takes 16"),
  /** Side of the network's input in pixels. */
  IMGSZ(Kind.WHOLE, null, 1, 8192, "side of the input in pixels; by default 640, classify 224"),
  /** Whether checkpoints are written. */
  SAVE(Kind.FLAG, "True", "write checkpoints"),
  /** Epochs after each of which a checkpoint is kept. */
  SAVE_PERIOD(Kind.WHOLE, "-1", -1, 1_000_000, "keep a checkpoint of every n-th epoch"),
  /** Where pictures are kept between epochs. */
  CACHE(Kind.WORD, "False", "keep decoded pictures: True or ram, disk, or False"),
  /** Where the network runs. */
  DEVICE(Kind.TEXT, "cpu", "cpu or 0"),
  /** Threads that read pictures. */
  WORKERS(Kind.WHOLE, "8", 0, 1024, "threads that make samples, at most as many as cores"),
  /** Cores that the arithmetic uses. */
  THREADS(Kind.WHOLE, "0", 0, 1024, "cores that the arithmetic uses; 0 takes those there are"),
  /** Folder of all runs. */
  PROJECT(Kind.TEXT, null, "folder where runs are kept; by default runs/TASK"),
  /** Folder of this run. */
  NAME(Kind.TEXT, "train", "folder of this run; taken ones are counted up"),
  /** Whether the folder of a run is used again. */
  EXIST_OK(Kind.FLAG, "False", "write into the folder even if it exists"),
  /** Weights that an architecture begins with. */
  PRETRAINED(Kind.WORD, "True", "weights that an architecture begins with: a path, or False"),
  /** What changes the weights. */
  OPTIMIZER(Kind.TEXT, "auto", "auto, SGD, Adam, AdamW, Adamax, NAdam, RAdam or RMSProp"),
  /** Whether every class and loss is told. */
  VERBOSE(Kind.FLAG, "True", "print one line per class when it is done"),
  /** Where all random numbers come from. */
  SEED(Kind.WHOLE, "0", 0, Integer.MAX_VALUE, "number that all random ones come from"),
  /** Whether the same seed gives the same training; always, on one machine. */
  DETERMINISTIC(Kind.FLAG, "True", "the same seed gives the same training, which it always does"),
  /** Whether all classes count as one. */
  SINGLE_CLS(Kind.FLAG, "False", "train all classes as one"),
  /** Class ids to train; others are left out. */
  CLASSES(Kind.WHOLES, null, "class ids to train; by default all"),
  /** Whether the rate falls on half a cosine. */
  COS_LR(Kind.FLAG, "False", "let the learning rate fall on half a cosine, not on a line"),
  /** Last epochs without mosaics. */
  CLOSE_MOSAIC(Kind.WHOLE, "10", 0, 1_000_000, "last epochs without mosaics; 0 none"),
  /** The checkpoint of an interrupted training. */
  RESUME(Kind.WORD, "False", "go on: True, with model=, or the path of last.pt"),
  /** Whether convolutions are computed in bfloat16. */
  AMP(Kind.FLAG, "True", "compute convolutions in bfloat16, where the processor has it"),
  /** Part of the pictures to train with. */
  FRACTION(Kind.NUMBER, "1.0", 0, 1, "part of the pictures to train with"),
  /** Modules that do not learn. */
  FREEZE(Kind.WHOLES, null, "modules that do not learn: the first n, or a list such as [0,2]"),
  /** Whether the size of the input changes from batch to batch. */
  MULTI_SCALE(Kind.FLAG, "False", "take a random size from half to one and a half imgsz"),
  /** Whether the masks of a picture lie in one map. */
  OVERLAP_MASK(Kind.FLAG, "True", "segment: masks of a picture in one map, small ones on top"),
  /** Pixels of the input per pixel of a mask. */
  MASK_RATIO(Kind.WHOLE, "4", 1, 32, "segment: pixels of the input per pixel of a mask"),
  /** Share of values that a classifier drops. */
  DROPOUT(Kind.NUMBER, "0.0", 0, 0.99, "classify: share of values dropped before the last layer"),
  /** Whether each epoch is validated. */
  VAL(Kind.FLAG, "True", "validate after every epoch"),
  /** Whether curves and batches are drawn. */
  PLOTS(Kind.FLAG, "True", "draw curves, labels and batches"),
  /** The licence of the weights. */
  LICENSE(Kind.TEXT, null, "licence written into the checkpoints; by default that of the weights"),
  /** The first learning rate. */
  LR0(Kind.NUMBER, "0.01", 0, 10, "first learning rate; of optimizer=auto its own"),
  /** The last learning rate in parts of the first. */
  LRF(Kind.NUMBER, "0.01", 0, 1, "last learning rate in parts of the first"),
  /** Momentum of SGD, beta1 of Adam. */
  MOMENTUM(Kind.NUMBER, "0.937", 0, 0.9999, "momentum of SGD, beta1 of Adam"),
  /** Decay of weights in a step. */
  WEIGHT_DECAY(Kind.NUMBER, "0.0005", 0, 1, "decay of weights"),
  /** Epochs in which the learning rate rises. */
  WARMUP_EPOCHS(Kind.NUMBER, "3.0", 0, 1e6, "epochs in which the learning rate rises"),
  /** Momentum that the warm-up begins with. */
  WARMUP_MOMENTUM(Kind.NUMBER, "0.8", 0, 0.9999, "momentum that the warm-up begins with"),
  /** Learning rate of biases that the warm-up begins with. */
  WARMUP_BIAS_LR(Kind.NUMBER, "0.1", 0, 10, "rate of biases that the warm-up begins with"),
  /** Weight of the loss of boxes, and of masks. */
  BOX(Kind.NUMBER, "7.5", 0, 1e6, "weight of the loss of boxes and masks"),
  /** Weight of the loss of classes. */
  CLS(Kind.NUMBER, "0.5", 0, 1e6, "weight of the loss of classes"),
  /** Weight of the distribution focal loss. */
  DFL(Kind.NUMBER, "1.5", 0, 1e6, "weight of the distribution focal loss"),
  /** Weight of the loss of keypoints. */
  POSE(Kind.NUMBER, "12.0", 0, 1e6, "weight of the loss of keypoints"),
  /** Weight of the loss of keypoints' visibility. */
  KOBJ(Kind.NUMBER, "1.0", 0, 1e6, "weight of the loss of keypoints' visibility"),
  /** Pictures of a step, by accumulation. */
  NBS(Kind.WHOLE, "64", 1, 65_536, "pictures of a step: small batches are accumulated"),
  /** Change of hue. */
  HSV_H(Kind.NUMBER, "0.015", 0, 1, "largest change of hue, in parts of the circle"),
  /** Change of saturation. */
  HSV_S(Kind.NUMBER, "0.7", 0, 1, "largest change of saturation, in parts"),
  /** Change of value. */
  HSV_V(Kind.NUMBER, "0.4", 0, 1, "largest change of brightness, in parts"),
  /** Rotation. */
  DEGREES(Kind.NUMBER, "0.0", 0, 180, "largest rotation in degrees"),
  /** Shift. */
  TRANSLATE(Kind.NUMBER, "0.1", 0, 1, "largest shift, in parts of the side"),
  /** Change of size. */
  SCALE(Kind.NUMBER, "0.5", 0, 0.99, "largest change of size, in parts"),
  /** Shear. */
  SHEAR(Kind.NUMBER, "0.0", 0, 89, "largest shear in degrees"),
  /** Perspective. */
  PERSPECTIVE(Kind.NUMBER, "0.0", 0, 0.001, "largest factor of the perspective"),
  /** Probability of a vertical flip. */
  FLIPUD(Kind.NUMBER, "0.0", 0, 1, "probability of a flip upside down"),
  /** Probability of a horizontal flip. */
  FLIPLR(Kind.NUMBER, "0.5", 0, 1, "probability of a flip left to right"),
  /** Probability of swapped channels. */
  BGR(Kind.NUMBER, "0.0", 0, 1, "probability that red and blue are swapped"),
  /** Probability of a mosaic. */
  MOSAIC(Kind.NUMBER, "1.0", 0, 1, "probability of a mosaic of four pictures"),
  /** Probability of a blend. */
  MIXUP(Kind.NUMBER, "0.0", 0, 1, "probability that two samples are blended"),
  /** Probability of a cut from another sample. */
  CUTMIX(Kind.NUMBER, "0.0", 0, 1, "probability that a part comes from another sample"),
  /** Part of the objects that are pasted. */
  COPY_PASTE(Kind.NUMBER, "0.0", 0, 1, "segment: part of the objects that are pasted once more"),
  /** Where pasted objects come from. */
  COPY_PASTE_MODE(Kind.TEXT, "flip", "flip, the mirrored picture itself, or mixup, another one"),
  /** Policy of classify. */
  AUTO_AUGMENT(Kind.TEXT, "randaugment", "classify: randaugment, or none"),
  /** Probability of erasing. */
  ERASING(Kind.NUMBER, "0.4", 0, 0.99, "classify: probability that a rectangle is erased");

  /** How a value is written. */
  enum Kind {
    TEXT("a text"),
    WORD("True, False or a word"),
    NUMBER("a number"),
    WHOLE("a whole number"),
    WHOLES("whole numbers"),
    FLAG("True or False");

    private final String words;

    Kind(String words) {
      this.words = words;
    }
  }

  private final String key = name().toLowerCase(Locale.ROOT);
  private final Kind kind;
  private final String defaultValue;
  private final double low;
  private final double high;
  private final String help;

  TrainArgument(Kind kind, String defaultValue, String help) {
    this(kind, defaultValue, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, help);
  }

  TrainArgument(Kind kind, String defaultValue, double low, double high, String help) {
    this.kind = kind;
    this.defaultValue = defaultValue;
    this.low = low;
    this.high = high;
    this.help = help;
  }

  /** The name on a command line and in {@code args.yaml}. */
  public String key() {
    return key;
  }

  /** The default as it would be written on a command line; null for none. */
  public String defaultValue() {
    return defaultValue;
  }

  /** What it does, in a few words. */
  public String help() {
    return help;
  }

  /** The values it takes, in a few words. */
  public String words() {
    return Double.isInfinite(low) ? kind.words : text(low) + " to " + text(high);
  }

  /** Whether a name without a value stands for True. */
  public boolean isFlag() {
    return kind == Kind.FLAG || kind == Kind.WORD;
  }

  /** The argument of this name; null if there is none. */
  public static TrainArgument find(String key) {
    for (TrainArgument argument : values()) {
      if (argument.key.equals(key)) {
        return argument;
      }
    }
    return null;
  }

  /**
   * The value of a text: a Boolean, Double, Integer, String or List of Integer; null for none.
   *
   * @throws YoloException.InvalidArgument if it is none of this kind or out of its range
   */
  Object parse(String text) {
    String value = text == null ? "" : text.strip();
    if (value.isEmpty() || value.equalsIgnoreCase("none") || value.equals("null")) {
      return null;
    }
    try {
      return switch (kind) {
        case TEXT -> value;
        case WORD -> truth(value) == null ? value : truth(value);
        case FLAG -> {
          Boolean truth = truth(value);
          if (truth == null) {
            throw new NumberFormatException();
          }
          yield truth;
        }
        case NUMBER -> number(inRange(Double.parseDouble(value), value));
        case WHOLE -> (int) inRange(Integer.parseInt(value), value);
        // One number alone is how many of the first.
        case WHOLES -> this == FREEZE && isWhole(value) ? Integer.valueOf(value) : wholes(value);
      };
    } catch (NumberFormatException e) {
      throw new YoloException.InvalidArgument(
          key
              + " must be "
              + kind.words
              + ", but was "
              + PlainText.shown(value)
              + "; "
              + (defaultValue == null
                  ? "leave it out or correct it."
                  : "write it like " + key + "=" + defaultValue + "."),
          e);
    }
  }

  /** Of a batch, which may be a share of the memory elsewhere, a whole number stays one. */
  private Object number(double number) {
    if (this != BATCH) {
      return number;
    }
    if (number != Math.rint(number) || number == 0) {
      throw new YoloException.InvalidArgument(
          "batch must be a whole number, but was " + number + "; write it like batch=16.");
    }
    return (int) number;
  }

  private double inRange(double number, String value) {
    // Written so that NaN fails as well.
    if (!(number >= low && number <= high)) {
      throw new YoloException.InvalidArgument(
          key
              + " must be "
              + kind.words
              + " from "
              + words()
              + ", but was "
              + value
              + "; choose a value in that range.");
    }
    return number;
  }

  private static Boolean truth(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "true", "yes", "on" -> Boolean.TRUE;
      case "false", "no", "off" -> Boolean.FALSE;
      default -> null;
    };
  }

  private static boolean isWhole(String value) {
    return value.chars().allMatch(Character::isDigit);
  }

  /** Numbers between commas, with or without brackets; a single one too. */
  private static List<Integer> wholes(String value) {
    String inner = value.replaceAll("^[\\[(]|[\\])]$", "").strip();
    List<Integer> numbers = new ArrayList<>();
    for (String part : inner.split(",")) {
      if (!part.isBlank()) {
        int number = Integer.parseInt(part.strip());
        if (number < 0) {
          throw new NumberFormatException();
        }
        numbers.add(number);
      }
    }
    return List.copyOf(numbers);
  }

  private static String text(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
