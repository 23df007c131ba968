// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.yolotorch.PredictOptions;
import org.yolotorch.YoloException;

/** Names of classes, with a default for those that the model file does not name. */
public final class ClassNames {
  private ClassNames() {}

  public static String of(Map<Integer, String> names, int classId) {
    String name = names.get(classId);
    return name == null ? "class" + classId : name;
  }

  /** Names given one and more. */
  public static List<String> list(String name, String[] more) {
    List<String> all = new ArrayList<>();
    all.add(Checks.given("name", name));
    for (String other : Checks.given("more", more)) {
      all.add(Checks.given("name", other));
    }
    return all;
  }

  /**
   * The ids of all classes that are called so, ascending.
   *
   * @throws YoloException.InvalidArgument if there is none of a name
   */
  public static List<Integer> ids(List<String> wanted, Map<Integer, String> names) {
    TreeSet<Integer> ids = new TreeSet<>();
    for (String name : wanted) {
      boolean found = false;
      for (Map.Entry<Integer, String> entry : names.entrySet()) {
        if (entry.getValue().equals(name)) {
          found = true;
          ids.add(entry.getKey());
        }
      }
      if (!found) {
        throw unknown(name, names);
      }
    }
    return List.copyOf(ids);
  }

  /**
   * The options with ids in place of names.
   *
   * @throws YoloException.InvalidArgument if there is no class of a name
   */
  public static PredictOptions resolve(PredictOptions options, Map<Integer, String> names) {
    if (options.classNames().isEmpty()) {
      return options;
    }
    TreeSet<Integer> ids = new TreeSet<>(options.classes());
    ids.addAll(ids(options.classNames(), names));
    return options.toBuilder().classes(ids.stream().mapToInt(Integer::intValue).toArray()).build();
  }

  private static YoloException unknown(String name, Map<Integer, String> names) {
    List<String> near = Spelling.nearest(name, names.values());
    return new YoloException.InvalidArgument(
        "classes must name classes of the model, but none of its "
            + names.size()
            + " is called '"
            + name
            + "'; "
            + (near.isEmpty()
                ? "names() of the model lists them all."
                : "the nearest are '" + String.join("', '", near) + "'."));
  }
}
