// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.yolotorch.internal.Checks;
import org.yolotorch.internal.ClassNames;

/** Probability of each class for a whole picture. Immutable and thread-safe. */
public final class Probs {
  private static final int TOP = 5;

  private final float[] values;
  private final Map<Integer, String> names;
  private final List<Integer> top5;

  /**
   * Makes probabilities, such as for a test.
   *
   * @param values by class id, each 0 to 1, at least one; copied
   * @param names class names by class id
   * @throws YoloException.InvalidArgument if there is no value
   */
  public static Probs of(float[] values, Map<Integer, String> names) {
    Checks.given("values", values);
    Checks.given("names", names);
    if (values.length == 0) {
      throw new YoloException.InvalidArgument(
          "Probs needs a probability per class, but there is none; give at least one.");
    }
    return new Probs(values.clone(), names);
  }

  private Probs(float[] values, Map<Integer, String> names) {
    this.values = values;
    this.names = names;
    this.top5 = top(values);
  }

  /** The most probable ids; of equal values the lower id comes first, and NaN last. */
  private static List<Integer> top(float[] values) {
    List<Integer> best = new ArrayList<>(TOP + 1);
    for (int id = 0; id < values.length; id++) {
      int rank = best.size();
      while (rank > 0 && rank(values[id]) > rank(values[best.get(rank - 1)])) {
        rank--;
      }
      if (rank < TOP) {
        best.add(rank, id);
        if (best.size() > TOP) {
          best.remove(TOP);
        }
      }
    }
    return List.copyOf(best);
  }

  private static float rank(float value) {
    return Float.isNaN(value) ? Float.NEGATIVE_INFINITY : value;
  }

  /** Class id of the most probable class. */
  public int top1() {
    return top5.get(0);
  }

  /** Name of the most probable class. */
  public String top1Label() {
    return label(top1());
  }

  /** Probability of {@link #top1()}, 0 to 1. */
  public float top1Confidence() {
    return values[top1()];
  }

  /** Class ids of the five most probable classes (or of all, if there are fewer), best first. */
  public List<Integer> top5() {
    return top5;
  }

  /** Probabilities of {@link #top5()}, in the same order, each 0 to 1. */
  public List<Float> top5Confidences() {
    List<Float> confidences = new ArrayList<>(top5.size());
    for (int id : top5) {
      confidences.add(values[id]);
    }
    return List.copyOf(confidences);
  }

  /** Number of classes. */
  public int size() {
    return values.length;
  }

  /**
   * Probability of a class, 0 to 1.
   *
   * @throws IndexOutOfBoundsException if the model has no class of this id
   */
  public float get(int classId) {
    return values[classId];
  }

  /** Name of a class. */
  public String label(int classId) {
    return ClassNames.of(names, classId);
  }

  /** The probabilities of all classes by class id; a copy. */
  public float[] toArray() {
    return values.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Probs probs
        && Arrays.equals(values, probs.values)
        && names.equals(probs.names);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return top1Label() + " " + top1Confidence();
  }
}
