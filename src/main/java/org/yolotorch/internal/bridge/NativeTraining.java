// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.bridge;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.yolotorch.Image;
import org.yolotorch.internal.DirectMemory;
import org.yolotorch.internal.NativeLoader;
import org.yolotorch.internal.NativeWarnings;
import org.yolotorch.internal.Natives;
import org.yolotorch.internal.PathText;
import org.yolotorch.internal.data.Label;

/**
 * Owner of a native training. Samples may be made by several threads; all else is for one thread.
 */
public final class NativeTraining implements AutoCloseable {
  /** Batches that may be made or used at a time. */
  public static final int SLOTS = Natives.kTrainingSlots;

  /** To train with. */
  public static final int TRAIN = 0;

  /** To validate with. */
  public static final int VAL = 1;

  private static final int MOST_MISSING = 64;
  private static final int LABEL_NUMBERS = 6;
  private static final int MOST_ITEMS = 16;
  private static final int MOST_DRAWN = 1000;

  private static final ThreadLocal<IntBuffer> MISSING =
      ThreadLocal.withInitial(() -> direct(MOST_MISSING * Integer.BYTES).asIntBuffer());

  private final long number;
  private final NativeText description;
  private final String[] losses;

  /** Of the thread that learns. */
  private final DoubleBuffer numbers = direct(MOST_ITEMS * Double.BYTES).asDoubleBuffer();

  private boolean closed;

  private NativeTraining(long number) {
    this.number = number;
    this.description = NativeText.parse(Natives.describeTraining(number));
    this.losses = description.text("losses").split(" ");
  }

  /**
   * Opens a training.
   *
   * @param arguments a JSON object of arguments as Ultralytics names them
   * @param data a JSON object about the data set
   */
  public static NativeTraining open(String arguments, String data) {
    NativeLoader.load();
    long number = Natives.openTraining(arguments, data);
    if (number <= 0) {
      throw NativeModel.failure(number);
    }
    return new NativeTraining(number);
  }

  /** A property; empty without it. */
  public String text(String key) {
    return description.text(key);
  }

  /** The optimiser and its groups of parameters, as YOLO users know the line. */
  public String optimizer() {
    String[] groups = text("groups").split(" ");
    return "optimizer: "
        + text("optimizer")
        + "(lr="
        + text("lr0")
        + ", momentum="
        + text("momentum")
        + ") with parameter groups "
        + groups[2]
        + " weight(decay=0.0), "
        + groups[1]
        + " weight(decay="
        + groups[3]
        + "), "
        + groups[0]
        + " bias(decay=0.0)";
  }

  /** The names of the items of the loss. */
  public List<String> losses() {
    return List.of(losses);
  }

  /** Gives the labels of a picture. */
  public void label(int part, int picture, List<Label> labels) {
    int count = 0;
    for (Label label : labels) {
      count += LABEL_NUMBERS + label.points().length;
    }
    FloatBuffer values = direct(Math.max(1, count) * Float.BYTES).asFloatBuffer();
    for (Label label : labels) {
      values.put(label.classId());
      values.put((float) label.box().left()).put((float) label.box().top());
      values.put((float) label.box().right()).put((float) label.box().bottom());
      values.put(label.points().length);
      for (double point : label.points()) {
        values.put((float) point);
      }
    }
    values.flip();
    check(Natives.labelPicture(number, part, picture, values, count));
  }

  /** Gives the pixels of a picture; any thread may. */
  public void put(int part, int picture, Image image) {
    LongBuffer numbersOfImage = direct(Natives.kImageNumbers * Long.BYTES).asLongBuffer();
    PredictCall.put(numbersOfImage, 0, image);
    try {
      check(Natives.putPicture(number, part, picture, numbersOfImage));
    } finally {
      Reference.reachabilityFence(image);
    }
  }

  /** Keeps decoded pictures in the folders train and val of a folder, too. */
  public void keepOnDisk(Path folder) {
    check(Natives.keepOnDisk(number, PathText.of(folder)));
  }

  /** The order of {@code count} pictures in an epoch. */
  public int[] order(int epoch, int count) {
    IntBuffer order = direct(count * Integer.BYTES).asIntBuffer();
    check(Natives.orderOfEpoch(number, epoch, order));
    int[] pictures = new int[count];
    order.get(pictures);
    return pictures;
  }

  public void startEpoch(int epoch, int epochs) {
    check(Natives.startEpoch(number, epoch, epochs));
  }

  /**
   * Makes a sample to train with; any thread may. The pictures to give first; none if it is made.
   */
  public int[] makeSample(int position, int slot) {
    IntBuffer missing = MISSING.get();
    return missing(Natives.makeSample(number, position, slot, missing), missing);
  }

  /** Makes a sample to validate with; any thread may. Likewise. */
  public int[] makeValSample(int picture, int slot, int place, int height, int width) {
    IntBuffer missing = MISSING.get();
    return missing(
        Natives.makeValSample(number, picture, slot, place, height, width, missing), missing);
  }

  private static int[] missing(int count, IntBuffer missing) {
    if (count < 0) {
      throw NativeModel.failure(count);
    }
    int[] pictures = new int[count];
    missing.get(0, pictures);
    return pictures;
  }

  /**
   * What a batch gave.
   *
   * @param items of the loss, after their gains
   * @param biasRate learning rate of biases
   * @param rate learning rate of other weights
   * @param labels objects in the batch
   * @param side of the input
   */
  public record Learnt(double[] items, double biasRate, double rate, int labels, int side) {
    /** Whether all items are numbers. */
    public boolean isFinite() {
      return Arrays.stream(items).allMatch(Double::isFinite);
    }
  }

  /** Learns from a batch of {@code count} samples, the {@code index}-th of the epoch. */
  public Learnt learn(int slot, int count, long index) {
    double[] all = numbers(Natives.learnBatch(number, slot, count, index, numbers.clear()));
    NativeWarnings.log();
    int at = losses.length;
    return new Learnt(
        Arrays.copyOf(all, at), all[at], all[at + 1], (int) all[at + 2], (int) all[at + 3]);
  }

  /** Measures normalisations that lack statistics on a batch. */
  public void calibrate(int slot, int count) {
    check(Natives.calibrateBatch(number, slot, count));
  }

  /** Takes what was measured, before the first batch is learned. */
  public void finishCalibration() {
    check(Natives.finishCalibration(number));
  }

  /** The items of the moving average's loss for a batch. */
  public double[] evaluate(int slot, int count) {
    return numbers(Natives.evaluateBatch(number, slot, count, numbers.clear()));
  }

  private double[] numbers(int count) {
    if (count < 0) {
      throw NativeModel.failure(count);
    }
    double[] values = new double[count];
    numbers.get(0, values);
    return values;
  }

  /**
   * A sample as it went into a batch.
   *
   * @param pixels planes of red, green and blue, height x width each
   * @param labels class, centre x and y, width and height as shares, angle, of each object
   */
  public record Drawn(int height, int width, byte[] pixels, float[] labels) {}

  /** A sample that was made, of at most this size. */
  public Drawn sample(int slot, int place, int side) {
    ByteBuffer pixels = direct(3 * side * side);
    FloatBuffer labels = direct(MOST_DRAWN * LABEL_NUMBERS * Float.BYTES).asFloatBuffer();
    IntBuffer size = direct(2 * Integer.BYTES).asIntBuffer();
    int rows = Natives.sampleAt(number, slot, place, pixels, labels, MOST_DRAWN, size);
    if (rows < 0) {
      throw NativeModel.failure(rows);
    }
    byte[] bytes = new byte[3 * size.get(0) * size.get(1)];
    pixels.get(0, bytes);
    float[] values = new float[rows * LABEL_NUMBERS];
    labels.get(0, values);
    return new Drawn(size.get(0), size.get(1), bytes, values);
  }

  /** The moving average as a model of its own, which the caller closes. */
  public NativeModel average(String settings, String name) {
    return NativeModel.open(Natives.averageModel(number, settings), name);
  }

  /** Writes a checkpoint, whole or not at all; {@code state} is left out of a finished one. */
  public void save(Path file, String info, String state, boolean finished) {
    check(Natives.saveTraining(number, PathText.of(file), info, state, finished));
  }

  /** Goes on from a checkpoint; its state. */
  public String resume(Path file) {
    check(Natives.resumeTraining(number, PathText.of(file)));
    return Natives.lastText();
  }

  /** The state in a checkpoint that is not finished. */
  public static String state(Path file) {
    NativeLoader.load();
    check(Natives.trainingState(PathText.of(file)));
    return Natives.lastText();
  }

  private static void check(int code) {
    if (code != 0) {
      throw NativeFailure.of(code, Natives.lastText());
    }
  }

  private static ByteBuffer direct(int bytes) {
    return DirectMemory.allocate(bytes, "A batch of a training");
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      Natives.closeTraining(number);
    }
  }
}
