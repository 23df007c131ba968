// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.val;

import java.awt.Dimension;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.yolotorch.Image;
import org.yolotorch.ImageSize;
import org.yolotorch.ModelInfo;
import org.yolotorch.PredictOptions;
import org.yolotorch.Predictor;
import org.yolotorch.Probs;
import org.yolotorch.Result;
import org.yolotorch.Task;
import org.yolotorch.YoloException;
import org.yolotorch.internal.MeanSpeed;
import org.yolotorch.internal.data.ClassFolders;
import org.yolotorch.internal.data.DataPlaces;
import org.yolotorch.internal.data.Label;

/** Runs one measurement of a model; not thread-safe. */
final class Validator {
  private static final int CHECKPOINT_BATCH = 16;

  /** Ultralytics leaves smaller pictures out, too. */
  private static final int LEAST_SIDE = 10;

  private final Predictor model;
  private final ModelInfo info;
  private final ValOptions options;
  private final ValListener listener;
  private final PredictOptions predictOptions;

  /** Of the square that pictures are scaled into, where batches get rectangles; else 0. */
  private final int side;

  private final DataPlaces places = DataPlaces.ofThisProcess();
  private final List<Path> skipped = new ArrayList<>();

  /** Height by width of the pictures that can be used, in the order of the data set. */
  private final Map<Path, Double> ratios = new LinkedHashMap<>();

  private ImageSize netSize;
  private final MeanSpeed speed = new MeanSpeed();
  private int done;

  private Validator(ModelInfo info, Predictor model, ValOptions options, ValListener listener) {
    this.model = model;
    this.info = info;
    this.options = options;
    this.listener = listener;
    this.side = options.rect() && info.dynamic() && info.task() != Task.CLASSIFY ? side() : 0;
    this.predictOptions = options.predictOptions(info.task(), side);
  }

  /** The longer one of the input size, rounded up to what the network takes. */
  private int side() {
    ImageSize size = options.imgsz() == null ? info.imgsz() : options.imgsz();
    int longer = Math.max(size.height(), size.width());
    return (longer + info.stride() - 1) / info.stride() * info.stride();
  }

  /** Measures a model; see {@link org.yolotorch.Yolo#val}. */
  static ValResult run(ModelInfo info, Predictor model, ValOptions options, ValListener listener) {
    Validator validator = new Validator(info, model, options, listener);
    return validator.info.task() == Task.CLASSIFY ? validator.classify() : validator.detect();
  }

  private ValResult detect() {
    ModelData data = ModelData.open(options, info, places, listener::warned);
    skipped.addAll(data.set().corrupt());
    Map<Path, List<Label>> labels = new LinkedHashMap<>();
    data.set().items().forEach(item -> labels.put(item.picture(), item.labels()));
    List<Path> pictures = readable(List.copyOf(labels.keySet()));
    long backgrounds = pictures.stream().filter(picture -> labels.get(picture).isEmpty()).count();
    start(pictures, (int) backgrounds);
    Evaluation evaluation = new Evaluation(info.task(), options, data.names().size(), side);
    predict(pictures, (picture, result) -> evaluation.add(result, labels.get(picture)));
    Map<Integer, String> names = options.singleCls() ? Map.of(0, "object") : data.names();
    return new ValResult(
        info.task(),
        names,
        done,
        evaluation.totalInstances(),
        evaluation.counts(names),
        evaluation.boxScores(),
        evaluation.otherScores(Task.SEGMENT),
        evaluation.otherScores(Task.POSE),
        Optional.empty(),
        evaluation.confusion(),
        speed.mean(),
        netSize,
        skipped);
  }

  private ValResult classify() {
    Map<Path, Integer> actual = new LinkedHashMap<>();
    Path root = places.find(options.data());
    for (ClassFolders.Item item :
        ClassFolders.open(root, options.split(), info.names(), listener::warned)) {
      actual.put(item.picture(), item.classId());
    }
    List<Path> pictures = readable(List.copyOf(actual.keySet()));
    start(pictures, 0);
    int classes = info.names().size();
    ConfusionCounter confusion = new ConfusionCounter(classes);
    TopCounter top = new TopCounter();
    Map<Integer, Integer> counts = new TreeMap<>();
    predict(
        pictures,
        (picture, result) -> {
          Probs probs = result.probs().orElseThrow();
          int wanted = actual.get(picture);
          top.add(probs, wanted);
          counts.merge(wanted, 1, Integer::sum);
          confusion.add(probs.top1(), wanted);
        });
    List<ClassCount> perClass = new ArrayList<>();
    counts.forEach(
        (id, count) -> perClass.add(new ClassCount(id, info.names().get(id), count, count)));
    return new ValResult(
        info.task(),
        info.names(),
        done,
        done,
        perClass,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(top.accuracy()),
        confusion.matrix(),
        speed.mean(),
        netSize,
        skipped);
  }

  /** Those of the pictures that can be used, as far as can be told without their pixels. */
  private List<Path> readable(List<Path> pictures) {
    for (Path picture : pictures) {
      try {
        listener.progressed(0, pictures.size());
        Dimension size = Image.sizeOf(picture);
        if (Math.min(size.width, size.height) < LEAST_SIDE) {
          throw new YoloException.InvalidImage(
              "A picture of at least "
                  + LEAST_SIDE
                  + " pixels a side was expected, but '"
                  + picture
                  + "' has "
                  + size.width
                  + "x"
                  + size.height
                  + "; replace it.");
        }
        ratios.put(picture, size.getHeight() / size.getWidth());
      } catch (YoloException.InvalidImage | YoloException.NotFound e) {
        leaveOut(picture, e);
      }
    }
    if (ratios.isEmpty()) {
      throw unreadable(pictures.size());
    }
    return List.copyOf(ratios.keySet());
  }

  private void start(List<Path> pictures, int backgrounds) {
    listener.started(pictures.size(), backgrounds, skipped.size());
    listener.listed(pictures);
  }

  private interface Comparison {
    void add(Path picture, Result result);
  }

  /** Predicts all pictures, a batch at a time; one that cannot be read is left out. */
  private void predict(List<Path> pictures, Comparison comparison) {
    int batch = options.batch();
    if (batch == 0) {
      batch = info.kind().equals("torchscript") ? Math.max(1, info.batch()) : CHECKPOINT_BATCH;
    }
    List<Path> order = side == 0 ? pictures : byShape(pictures);
    for (int start = 0; start < order.size(); start += batch) {
      int end = Math.min(start + batch, order.size());
      List<Path> readable = new ArrayList<>();
      List<Image> images = new ArrayList<>();
      for (Path picture : order.subList(start, end)) {
        try {
          images.add(Image.read(picture));
          readable.add(picture);
        } catch (YoloException.InvalidImage | YoloException.NotFound e) {
          leaveOut(picture, e);
        }
      }
      List<Result> results = model.predict(images, predictOptions);
      speed.add(results);
      for (int i = 0; i < results.size(); i++) {
        Result result = results.get(i);
        netSize = result.netSize();
        done++;
        comparison.add(readable.get(i), result);
        listener.predicted(readable.get(i), Clipping.clip(result));
      }
      listener.progressed(end, order.size());
    }
    if (done == 0) {
      throw unreadable(pictures.size());
    }
  }

  private YoloException unreadable(int pictures) {
    return new YoloException.InvalidData(
        "At least one readable picture was expected in '"
            + options.data()
            + "', but none of "
            + pictures
            + " is; download the data set again.");
  }

  private void leaveOut(Path picture, YoloException e) {
    skipped.add(picture);
    listener.warned(e.getMessage() + " The picture is left out.");
  }

  /** The widest pictures first, so that a batch needs little padding. */
  private List<Path> byShape(List<Path> pictures) {
    List<Path> order = new ArrayList<>(pictures);
    order.sort(Comparator.comparing(ratios::get));
    return order;
  }
}
