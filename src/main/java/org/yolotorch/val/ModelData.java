// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.val;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.yolotorch.ModelInfo;
import org.yolotorch.YoloException;
import org.yolotorch.internal.Count;
import org.yolotorch.internal.data.DataFile;
import org.yolotorch.internal.data.DataPlaces;
import org.yolotorch.internal.data.Dataset;
import org.yolotorch.internal.data.Label;
import org.yolotorch.internal.data.LabelFormat;

/**
 * A data set to measure a model on. Classes are compared by their ids, and either may have more of
 * them than the other.
 *
 * @param names class names by class id: the data set's, and the model's own for those beyond
 * @param set the labelled pictures
 */
record ModelData(Map<Integer, String> names, Dataset set) {
  /**
   * Reads the data set that the options name.
   *
   * @throws YoloException.NotFound if the file or the pictures are not there
   * @throws YoloException.InvalidData if it does not fit the model or has no labels
   * @throws YoloException.NativeLibrary if the jar that reads YAML is missing
   */
  static ModelData open(
      ValOptions options, ModelInfo info, DataPlaces places, Consumer<String> warnings) {
    DataFile file = DataFile.read(places.find(options.data()), options.split(), places, warnings);
    checkPoints(file, info);
    int classes = options.singleCls() ? Integer.MAX_VALUE : file.names().size();
    LabelFormat format =
        new LabelFormat(info.task(), classes, info.keypoints(), info.keypointValues());
    Dataset set = Dataset.open(file, format, places, warnings);
    if (!options.singleCls()) {
      warnOfOrder(file, info, warnings);
      warnOfLack(file, set, options.classes(), info, warnings);
    }
    Map<Integer, String> names = new TreeMap<>(info.names());
    names.putAll(file.names());
    return new ModelData(names, set);
  }

  private static void checkPoints(DataFile data, ModelInfo info) {
    List<Integer> points = List.of(info.keypoints(), info.keypointValues());
    if (info.keypoints() > 0 && !data.keypoints().isEmpty() && !data.keypoints().equals(points)) {
      throw new YoloException.InvalidData(
          "A data set with the model's kpt_shape "
              + points
              + " was expected, but '"
              + data.file()
              + "' has "
              + data.keypoints()
              + "; use the one the model was trained with.");
    }
  }

  /** A class that the model has under another id was numbered otherwise in training. */
  private static void warnOfOrder(DataFile data, ModelInfo info, Consumer<String> warnings) {
    Map<String, Integer> ids = new HashMap<>();
    info.names().forEach((id, name) -> ids.put(name, id));
    for (Map.Entry<Integer, String> entry : data.names().entrySet()) {
      Integer id = ids.get(entry.getValue());
      if (id != null && !entry.getValue().equals(info.names().get(entry.getKey()))) {
        warnings.accept(
            "Classes are compared by their ids, but class "
                + entry.getKey()
                + " of '"
                + data.file()
                + "', '"
                + entry.getValue()
                + "', is class "
                + id
                + " of the model; number the classes and labels as the model does.");
        return;
      }
    }
  }

  private static void warnOfLack(
      DataFile data, Dataset set, List<Integer> wanted, ModelInfo info, Consumer<String> warnings) {
    int classes = info.names().size();
    List<Label> lacking =
        set.items().stream()
            .flatMap(item -> item.labels().stream())
            .filter(label -> label.classId() >= classes)
            .filter(label -> wanted.isEmpty() || wanted.contains(label.classId()))
            .toList();
    if (!lacking.isEmpty()) {
      int first = lacking.get(0).classId();
      warnings.accept(
          "Labels of the model's "
              + Count.of(classes, "class")
              + " were expected, but "
              + Count.of(lacking.size(), "label")
              + " of '"
              + data.file()
              + "' are of others, such as "
              + first
              + " '"
              + data.names().get(first)
              + "'; they count as not found, unless classes= leaves them out.");
    }
  }
}
