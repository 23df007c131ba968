// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.val;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * Collects the detections of a data set with their matches, and computes {@link Scores} from them.
 */
final class MetricAccumulator {
  /** The F1 curve is smoothed over a tenth of its points; an odd number. */
  private static final int SMOOTHING = Curves.POINTS / 10 + 1;

  private static final double TINY = 1e-16;

  private float[] confidences = new float[1024];
  private int[] classes = new int[1024];
  private short[] right = new short[1024];
  private int size;

  /** Adds the detections of a picture. */
  void add(int[] foundClasses, float[] foundConfidences, int[] foundRight) {
    int count = foundClasses.length;
    if (size + count > classes.length) {
      int room = Math.max(size + count, 2 * classes.length);
      confidences = Arrays.copyOf(confidences, room);
      classes = Arrays.copyOf(classes, room);
      right = Arrays.copyOf(right, room);
    }
    System.arraycopy(foundConfidences, 0, confidences, size, count);
    System.arraycopy(foundClasses, 0, classes, size, count);
    for (int i = 0; i < count; i++) {
      right[size + i] = (short) foundRight[i];
    }
    size += count;
  }

  /**
   * The metrics.
   *
   * @param labels number of labels by class id
   */
  Scores scores(int[] labels) {
    int[] order = order();
    Map<Integer, double[]> areas = new TreeMap<>();
    Map<Integer, double[]> precisions = new TreeMap<>();
    Map<Integer, double[]> recalls = new TreeMap<>();
    Map<Integer, double[]> envelopes = new TreeMap<>();
    Map<Integer, double[]> f1s = new TreeMap<>();
    for (int id = 0; id < labels.length; id++) {
      if (labels[id] == 0) {
        continue;
      }
      int[] own = ofClass(order, id);
      float[] confidence = new float[own.length];
      for (int i = 0; i < own.length; i++) {
        confidence[i] = confidences[own[i]];
      }
      double[] area = new double[Matching.LEVELS];
      for (int level = 0; level < Matching.LEVELS; level++) {
        AveragePrecision ap = new AveragePrecision(right(own, level), labels[id]);
        area[level] = ap.area();
        if (level == 0) {
          double[] precision = ap.precisionByConfidence(confidence);
          double[] recall = ap.recallByConfidence(confidence);
          precisions.put(id, precision);
          recalls.put(id, recall);
          f1s.put(id, f1(precision, recall));
          envelopes.put(
              id, own.length == 0 ? new double[Curves.POINTS] : ap.precisionAt(Curves.axis()));
        }
      }
      areas.put(id, own.length == 0 ? new double[Matching.LEVELS] : area);
    }
    double[] meanF1 = Statistics.smooth(Statistics.mean(f1s.values()), SMOOTHING);
    int best = Statistics.peak(meanF1);
    Map<Integer, Metrics> byClass = new TreeMap<>();
    areas.forEach(
        (id, area) ->
            byClass.put(
                id,
                new Metrics(
                    precisions.get(id)[best],
                    recalls.get(id)[best],
                    area[0],
                    area[5],
                    Arrays.stream(area).average().orElseThrow())));
    return new Scores(
        mean(byClass), byClass, new Curves(envelopes, f1s, meanF1, Curves.axis()[best]));
  }

  /** Detections, most confident first and equal ones in the order they came. */
  private int[] order() {
    long[] keys = new long[size];
    for (int i = 0; i < size; i++) {
      // Bits of floats that are not negative rise with their value.
      keys[i] = (long) (Integer.MAX_VALUE - Float.floatToIntBits(confidences[i])) << 32 | i;
    }
    Arrays.sort(keys);
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      order[i] = (int) keys[i];
    }
    return order;
  }

  private int[] ofClass(int[] order, int id) {
    return Arrays.stream(order).filter(i -> classes[i] == id).toArray();
  }

  private boolean[] right(int[] own, int level) {
    boolean[] hits = new boolean[own.length];
    for (int i = 0; i < own.length; i++) {
      hits[i] = (right[own[i]] >> level & 1) != 0;
    }
    return hits;
  }

  private static double[] f1(double[] precision, double[] recall) {
    double[] f1 = new double[precision.length];
    for (int i = 0; i < f1.length; i++) {
      f1[i] = 2 * precision[i] * recall[i] / (precision[i] + recall[i] + TINY);
    }
    return f1;
  }

  private static Metrics mean(Map<Integer, Metrics> all) {
    return new Metrics(
        mean(all, Metrics::precision),
        mean(all, Metrics::recall),
        mean(all, Metrics::map50),
        mean(all, Metrics::map75),
        mean(all, Metrics::map));
  }

  private static double mean(Map<Integer, Metrics> all, ToDoubleFunction<Metrics> metric) {
    double sum = 0;
    for (Metrics metrics : all.values()) {
      sum += metric.applyAsDouble(metrics);
    }
    return sum / Math.max(1, all.size());
  }
}
