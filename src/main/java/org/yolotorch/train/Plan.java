// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.train;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.yolotorch.LoadOptions;
import org.yolotorch.ModelInfo;
import org.yolotorch.Task;
import org.yolotorch.Weights;
import org.yolotorch.Yolo;
import org.yolotorch.YoloException;
import org.yolotorch.internal.PathText;
import org.yolotorch.internal.bridge.NativeTraining;
import org.yolotorch.internal.text.JsonValue;

/**
 * What a training will do: its options, those of an interrupted one included, its model and its
 * folder.
 *
 * @param options as used
 * @param model the file or name that the network is built of
 * @param info what the model is
 * @param resumed what an interrupted training left; null for a new one
 * @param checkpoint the file that it is resumed from; null for a new one
 */
record Plan(
    TrainOptions options, String model, ModelInfo info, TrainState resumed, Path checkpoint) {
  /** What may be given anew to a training that goes on. */
  private static final Set<TrainArgument> CHANGEABLE =
      Set.of(
          TrainArgument.IMGSZ,
          TrainArgument.BATCH,
          TrainArgument.DEVICE,
          TrainArgument.WORKERS,
          TrainArgument.THREADS,
          TrainArgument.CACHE,
          TrainArgument.CLOSE_MOSAIC,
          TrainArgument.SAVE_PERIOD,
          TrainArgument.PATIENCE,
          TrainArgument.TIME,
          TrainArgument.FREEZE,
          TrainArgument.VAL,
          TrainArgument.PLOTS);

  private static final int STEP = 32;

  /** What Ultralytics takes on a CPU where as many as fit are asked for. */
  private static final int USUAL_BATCH = 16;

  /** No argument of Ultralytics'. */
  private static final Set<TrainArgument> OWN =
      Set.of(TrainArgument.THREADS, TrainArgument.LICENSE);

  static Plan of(TrainOptions options, TrainListener listener) {
    if (options.resumes()) {
      return resume(options, listener);
    }
    String model = modelFile(options.text(TrainArgument.MODEL));
    ModelInfo info = infoOf(model);
    return new Plan(sized(options, info, listener), model, info, null, null);
  }

  private static Plan resume(TrainOptions options, TrainListener listener) {
    Object from = options.value(TrainArgument.RESUME);
    if (Boolean.TRUE.equals(from)) {
      from = options.text(TrainArgument.MODEL);
    }
    if (from == null) {
      throw new YoloException.InvalidArgument(
          "resume needs the last.pt of the training that is to go on, but none came; write it like"
              + " resume=runs/detect/train/weights/last.pt.");
    }
    Path checkpoint = path("resume", from.toString());
    TrainState state = TrainState.parse(NativeTraining.state(checkpoint));
    Map<TrainArgument, Object> arguments = new EnumMap<>(state.arguments);
    options
        .given()
        .forEach(
            (argument, value) -> {
              if (CHANGEABLE.contains(argument)) {
                arguments.put(argument, value);
              } else if (argument != TrainArgument.RESUME
                  && argument != TrainArgument.MODEL
                  && !value.equals(state.arguments.get(argument))) {
                listener.warned(
                    argument.key()
                        + "="
                        + value
                        + " changes nothing: a training that goes on keeps its own.");
              }
            });
    TrainOptions.Builder builder = TrainOptions.builder();
    arguments.forEach(builder::set);
    ModelInfo info = infoOf(checkpoint.toString());
    return new Plan(
        sized(builder.build(), info, listener), checkpoint.toString(), info, state, checkpoint);
  }

  /** The size of the input, a multiple of the stride. */
  private static TrainOptions sized(TrainOptions options, ModelInfo info, TrainListener listener) {
    Object given = options.value(TrainArgument.IMGSZ);
    int asked = given != null ? (int) given : info.task() == Task.CLASSIFY ? 224 : 640;
    int taken = (asked + STEP - 1) / STEP * STEP;
    if (taken != asked) {
      listener.warned(
          "imgsz " + asked + " became " + taken + ": it must be a multiple of " + STEP + ".");
    }
    int batch = options.whole(TrainArgument.BATCH);
    return options.with(
        Map.of(TrainArgument.IMGSZ, taken, TrainArgument.BATCH, batch < 0 ? USUAL_BATCH : batch));
  }

  /** Keypoints have no partner to change places with in a mirrored picture. */
  Plan withoutFlips(TrainListener listener) {
    if (options.number(TrainArgument.FLIPLR) == 0 && options.number(TrainArgument.FLIPUD) == 0) {
      return this;
    }
    listener.warned(
        "fliplr and flipud become 0: the data set has no flip_idx, which tells what keypoints"
            + " become in a mirrored picture.");
    TrainOptions still = options.with(Map.of(TrainArgument.FLIPLR, 0.0, TrainArgument.FLIPUD, 0.0));
    return new Plan(still, model, info, resumed, checkpoint);
  }

  /** The path of weights that are found or fetched by name; else the name. */
  private static String modelFile(String name) {
    Path file = path("model", name);
    if (file.getParent() != null || Files.exists(file) || !Weights.names().contains(name)) {
      return name;
    }
    return Weights.find(name).orElseGet(() -> Weights.download(name)).toString();
  }

  private static Path path(String key, String text) {
    try {
      return PathText.of(text);
    } catch (InvalidPathException e) {
      throw new YoloException.InvalidArgument(
          key
              + " must be a path, but was '"
              + text.replace('\0', '?')
              + "'"
              + PathText.advice(text, "; check it."),
          e);
    }
  }

  private static ModelInfo infoOf(String model) {
    LoadOptions quiet = LoadOptions.builder().onWarning(warning -> {}).build();
    try (Yolo yolo = Yolo.load(Path.of(model), quiet)) {
      return yolo.info();
    }
  }

  /** The file that an architecture's weights come from; empty for none. */
  String pretrained() {
    Object from = options.value(TrainArgument.PRETRAINED);
    return resumed == null && from instanceof String file ? modelFile(file) : "";
  }

  /** Folder of all runs. */
  Path project() {
    String project = options.text(TrainArgument.PROJECT);
    return project == null ? Path.of("runs", info.task().id()) : path("project", project);
  }

  /** The arguments as used, by the names that YOLO users know. */
  Map<String, Object> arguments() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("task", info.task().id());
    all.put("mode", "train");
    for (TrainArgument argument : TrainArgument.values()) {
      if (!OWN.contains(argument)) {
        all.put(argument.key(), options.value(argument));
      }
    }
    return all;
  }

  /** What native code is told of model and data set, as a JSON object. */
  String about(TrainData data) {
    Map<String, Object> about = new LinkedHashMap<>();
    about.put("model", model);
    about.put("pretrained", pretrained());
    about.put("threads", options.whole(TrainArgument.THREADS));
    about.put("pictures", data.train().size());
    about.put("val_pictures", data.val().size());
    about.put("names", new ArrayList<>(data.names().values()));
    Object cache = options.value(TrainArgument.CACHE);
    about.put("keep_pictures", Boolean.TRUE.equals(cache) || "ram".equals(cache));
    if (!data.keypoints().isEmpty()) {
      about.put("kpt_shape", data.keypoints());
    }
    if (!data.flipIdx().isEmpty()) {
      about.put("flip_idx", data.flipIdx());
    }
    return JsonValue.of(about);
  }
}
