// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.train;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.yolotorch.Training;
import org.yolotorch.YoloException;
import org.yolotorch.internal.Checks;
import org.yolotorch.internal.PathText;

/**
 * What to train and how; names, defaults and ranges are those of the command line, which {@link
 * TrainArgument} lists. Immutable and thread-safe.
 *
 * <pre>{@code
 * TrainOptions options = TrainOptions.builder("yolo11n.pt", Path.of("data.yaml"))
 *     .epochs(50)
 *     .set(TrainArgument.LR0, 0.002)
 *     .build();
 * TrainResult result = Yolo.train(options);
 * }</pre>
 */
public final class TrainOptions implements Training<TrainListener, TrainResult> {
  private final Map<TrainArgument, Object> values;

  private TrainOptions(Map<TrainArgument, Object> values) {
    this.values = new EnumMap<>(values);
    if (!resumes()) {
      need(TrainArgument.MODEL, "yolo11n.pt");
      need(TrainArgument.DATA, "data.yaml");
    }
    oneOf(TrainArgument.AUTO_AUGMENT, List.of("randaugment"));
    oneOf(TrainArgument.COPY_PASTE_MODE, List.of("flip", "mixup"));
    oneOf(TrainArgument.CACHE, List.of("ram", "disk"));
    oneOf(
        TrainArgument.OPTIMIZER,
        List.of("auto", "sgd", "adam", "adamw", "adamax", "nadam", "radam", "rmsprop"));
  }

  private void need(TrainArgument argument, String example) {
    if (text(argument) == null) {
      throw new YoloException.InvalidArgument(
          argument.key()
              + " must be given to train, but none came; write it like "
              + argument.key()
              + "="
              + example
              + ".");
    }
  }

  private void oneOf(TrainArgument argument, List<String> words) {
    if (value(argument) instanceof String word && !words.contains(word.toLowerCase())) {
      throw new YoloException.InvalidArgument(
          argument.key()
              + " must be one of "
              + String.join(", ", words)
              + ", but was '"
              + word
              + "'; choose one of these.");
    }
  }

  /** The value of an argument, its default if none was given; null where it has none. */
  public Object value(TrainArgument argument) {
    Object value = values.get(Checks.given("argument", argument));
    return value == null ? argument.parse(argument.defaultValue()) : value;
  }

  /** Whether a value was given. */
  public boolean isGiven(TrainArgument argument) {
    return values.containsKey(argument);
  }

  /** Whether an interrupted training goes on. */
  public boolean resumes() {
    Object resume = value(TrainArgument.RESUME);
    return resume != null && !Boolean.FALSE.equals(resume);
  }

  String text(TrainArgument argument) {
    Object value = value(argument);
    return value == null ? null : value.toString();
  }

  boolean flag(TrainArgument argument) {
    return Boolean.TRUE.equals(value(argument));
  }

  int whole(TrainArgument argument) {
    return ((Number) value(argument)).intValue();
  }

  double number(TrainArgument argument) {
    return ((Number) value(argument)).doubleValue();
  }

  /** These options with other values for some arguments. */
  TrainOptions with(Map<TrainArgument, Object> others) {
    Map<TrainArgument, Object> all = new EnumMap<>(values);
    all.putAll(others);
    return new TrainOptions(all);
  }

  /** What was given, by argument. */
  Map<TrainArgument, Object> given() {
    return new EnumMap<>(values);
  }

  /** Trains; see {@link org.yolotorch.Yolo#train(Training, Object)}. */
  @Override
  public TrainResult run(TrainListener listener) {
    return TrainingRun.run(this, Checks.given("listener", listener));
  }

  /** A listener that does nothing. */
  @Override
  public TrainListener silent() {
    return new TrainListener() {};
  }

  /**
   * A builder with every option at its default.
   *
   * @param model checkpoint to begin from, or architecture for a network from scratch: a path, or a
   *     name such as {@code yolo11n.pt} or {@code yolo11n-seg.yaml}
   * @param data the {@code data.yaml} of a data set; for the task classify its folder
   */
  public static Builder builder(String model, Path data) {
    return builder()
        .set(TrainArgument.MODEL, Checks.given("model", model))
        .set(TrainArgument.DATA, PathText.of(Checks.given("data", data)));
  }

  /**
   * A builder that goes on with an interrupted training.
   *
   * @param checkpoint the {@code last.pt} that it wrote. Of its options only imgsz, batch, device,
   *     workers, threads, cache, close_mosaic, save_period, patience, time, freeze, val and plots
   *     may be given anew
   */
  public static Builder resume(Path checkpoint) {
    return builder().set(TrainArgument.RESUME, PathText.of(Checks.given("checkpoint", checkpoint)));
  }

  /** A builder without model and data, which must be set. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects options; not thread-safe. */
  public static final class Builder {
    private final Map<TrainArgument, Object> values = new EnumMap<>(TrainArgument.class);

    private Builder() {}

    /**
     * Sets an argument.
     *
     * @param value a number, Boolean, text or list of numbers, or the text of one as a command line
     *     has it; null for the default
     * @throws YoloException.InvalidArgument if it is of another kind or out of its range
     */
    public Builder set(TrainArgument argument, Object value) {
      Checks.given("argument", argument);
      Object parsed = value == null ? null : argument.parse(value.toString());
      if (parsed == null) {
        values.remove(argument);
      } else {
        values.put(argument, parsed);
      }
      return this;
    }

    /** Passes over the data set; default 100. */
    public Builder epochs(int epochs) {
      return set(TrainArgument.EPOCHS, epochs);
    }

    /** Pictures of a batch; default 16. Memory and the time of a batch grow with it. */
    public Builder batch(int batch) {
      return set(TrainArgument.BATCH, batch);
    }

    /** Side of the network's input in pixels; default 640, for classify 224. */
    public Builder imgsz(int imgsz) {
      return set(TrainArgument.IMGSZ, imgsz);
    }

    /** Where the network runs: {@code cpu}, the default, or the number of a GPU. */
    public Builder device(String device) {
      return set(TrainArgument.DEVICE, device);
    }

    /** Folder of all runs; default {@code runs/TASK}. */
    public Builder project(Path project) {
      return set(TrainArgument.PROJECT, project == null ? null : PathText.of(project));
    }

    /** Folder of this run in the project; default {@code train}, taken ones are counted up. */
    public Builder name(String name) {
      return set(TrainArgument.NAME, name);
    }

    /** Checks the options. */
    public TrainOptions build() {
      return new TrainOptions(values);
    }
  }
}
