// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.yolotorch.Image;
import org.yolotorch.ModelInfo;
import org.yolotorch.Task;
import org.yolotorch.YoloException;
import org.yolotorch.internal.Count;
import org.yolotorch.internal.data.ClassFolders;
import org.yolotorch.internal.data.DataFile;
import org.yolotorch.internal.data.DataPlaces;
import org.yolotorch.internal.data.Dataset;
import org.yolotorch.internal.data.Label;
import org.yolotorch.internal.data.LabelBox;
import org.yolotorch.internal.data.LabelFormat;

/**
 * The pictures and labels of a training.
 *
 * @param names class names by class id
 * @param keypoints points of an object and values of a point, for pose; else empty
 * @param flipIdx for each point the one it becomes in a mirrored picture; empty if not told
 * @param train to train with
 * @param val to validate with
 */
record TrainData(
    Map<Integer, String> names,
    List<Integer> keypoints,
    List<Integer> flipIdx,
    List<Sample> train,
    List<Sample> val) {
  /** Ultralytics leaves smaller pictures out, too. */
  private static final int LEAST_SIDE = 10;

  /**
   * A picture with its labels.
   *
   * @param ratio height in parts of the width
   */
  record Sample(Path picture, List<Label> labels, double ratio) {}

  /**
   * Reads a data set as a training needs it.
   *
   * @throws YoloException.NotFound if it or its pictures are not there
   * @throws YoloException.InvalidData if it cannot be trained with
   */
  static TrainData open(TrainOptions options, ModelInfo model, Consumer<String> listener) {
    // A picture may be of both parts.
    Set<String> told = new HashSet<>();
    Consumer<String> warnings =
        sentence -> {
          if (told.add(sentence)) {
            listener.accept(sentence);
          }
        };
    DataPlaces places = DataPlaces.ofThisProcess();
    Path data = places.find(Path.of(options.text(TrainArgument.DATA)));
    TrainData all =
        model.task() == Task.CLASSIFY
            ? folders(data, warnings)
            : labelled(data, options, model, places, warnings);
    List<Sample> train = all.train();
    double fraction = options.number(TrainArgument.FRACTION);
    if (fraction < 1) {
      train = train.subList(0, (int) Math.max(1, Math.rint(train.size() * fraction)));
    }
    Selection selection = new Selection(options);
    return new TrainData(
        selection.names(all.names()),
        all.keypoints(),
        all.flipIdx(),
        usable(selection.of(train), data, warnings),
        usable(selection.of(all.val()), data, warnings));
  }

  private static TrainData labelled(
      Path data,
      TrainOptions options,
      ModelInfo model,
      DataPlaces places,
      Consumer<String> warnings) {
    DataFile train = DataFile.read(data, "train", places, warnings);
    DataFile val = DataFile.read(data, "val", places, text -> {});
    List<Integer> points = List.of();
    if (model.task() == Task.POSE) {
      points = train.keypoints();
      if (points.size() != 2 || points.get(1) < 2 || points.get(1) > 3 || points.get(0) < 1) {
        throw new YoloException.InvalidData(
            "The data set file '"
                + data
                + "' must have a kpt_shape such as [17, 3] to train keypoints, but has "
                + points
                + "; add it.");
      }
    }
    int classes = options.flag(TrainArgument.SINGLE_CLS) ? Integer.MAX_VALUE : train.names().size();
    LabelFormat format =
        new LabelFormat(
            model.task(),
            classes,
            points.isEmpty() ? 0 : points.get(0),
            points.isEmpty() ? 0 : points.get(1));
    return new TrainData(
        train.names(),
        points,
        train.flipIdx(),
        samples(Dataset.open(train, format, places, warnings)),
        samples(Dataset.open(val, format, places, warnings)));
  }

  private static List<Sample> samples(Dataset set) {
    return set.items().stream().map(item -> new Sample(item.picture(), item.labels(), 1)).toList();
  }

  private static TrainData folders(Path data, Consumer<String> warnings) {
    Map<Integer, String> names = ClassFolders.names(data, "train");
    return new TrainData(
        names,
        List.of(),
        List.of(),
        samples(ClassFolders.open(data, "train", names, warnings)),
        samples(ClassFolders.open(data, "val", names, warnings)));
  }

  private static List<Sample> samples(List<ClassFolders.Item> items) {
    LabelBox whole = new LabelBox(0, 0, 1, 1);
    return items.stream()
        .map(
            item ->
                new Sample(
                    item.picture(), List.of(new Label(item.classId(), whole, new double[0])), 1))
        .toList();
  }

  /** Those that can be used, as far as can be told without their pixels. */
  private static List<Sample> usable(List<Sample> samples, Path data, Consumer<String> warnings) {
    List<Sample> usable = new ArrayList<>();
    for (Sample sample : samples) {
      try {
        java.awt.Dimension size = Image.sizeOf(sample.picture());
        if (Math.min(size.width, size.height) < LEAST_SIDE) {
          throw new YoloException.InvalidImage(
              "A picture of at least "
                  + LEAST_SIDE
                  + " pixels a side was expected, but '"
                  + sample.picture()
                  + "' has "
                  + size.width
                  + "x"
                  + size.height
                  + "; replace it.");
        }
        usable.add(
            new Sample(sample.picture(), sample.labels(), size.getHeight() / size.getWidth()));
      } catch (YoloException.InvalidImage | YoloException.NotFound e) {
        warnings.accept(e.getMessage() + " The picture is left out.");
      }
    }
    if (usable.isEmpty()) {
      throw new YoloException.InvalidData(
          "At least one readable picture was expected in '"
              + data
              + "', but none of "
              + Count.of(samples.size(), "picture")
              + " is; download the data set again.");
    }
    return List.copyOf(usable);
  }

  /** What single_cls and classes leave of the labels. */
  private record Selection(boolean single, List<?> classes) {
    Selection(TrainOptions options) {
      this(
          options.flag(TrainArgument.SINGLE_CLS),
          options.value(TrainArgument.CLASSES) instanceof List<?> list ? list : List.of());
    }

    Map<Integer, String> names(Map<Integer, String> all) {
      return single && all.size() > 1 ? Map.of(0, "item") : new TreeMap<>(all);
    }

    List<Sample> of(List<Sample> samples) {
      return single || !classes.isEmpty() ? samples.stream().map(this::of).toList() : samples;
    }

    private Sample of(Sample sample) {
      List<Label> labels =
          sample.labels().stream()
              .filter(label -> classes.isEmpty() || classes.contains(label.classId()))
              .map(label -> single ? label.withClass(0) : label)
              .toList();
      return new Sample(sample.picture(), labels, sample.ratio());
    }
  }

  /** A text by which another data set is told from this one. */
  String signature() {
    long sum = 17;
    for (Sample sample : train) {
      sum = 31 * sum + sample.picture().toString().hashCode();
      sum = 31 * sum + sample.labels().size();
    }
    return train.size() + " pictures, " + names.size() + " classes, " + Long.toHexString(sum);
  }
}
