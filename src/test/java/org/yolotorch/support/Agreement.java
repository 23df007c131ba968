// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.support;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.yolotorch.Box;
import org.yolotorch.Keypoint;
import org.yolotorch.Mask;
import org.yolotorch.Obb;
import org.yolotorch.Result;
import org.yolotorch.Xy;
import org.yolotorch.Xyxy;

/**
 * Results of one network in two forms, object by object: same classes, corners and points at most
 * so many pixels apart, confidences as close as asked for, and none missing or extra.
 */
public final class Agreement {
  private final double confLimit;
  private final double pixelLimit;
  private final List<Result> expected = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();
  private int objects;
  private double conf;
  private double pixels;
  private double mask;

  public Agreement(double confLimit, double pixelLimit) {
    this.confLimit = confLimit;
    this.pixelLimit = pixelLimit;
  }

  public void expect(Result result) {
    expected.add(result);
  }

  public int objects() {
    return objects;
  }

  /** Compares with every expected result in order. */
  public void compare(List<Result> results) {
    assertEquals(expected.size(), results.size());
    for (int i = 0; i < results.size(); i++) {
      compare(expected.get(i), results.get(i), "picture " + i);
    }
  }

  /** Compares two results of a picture. */
  public void compare(Result a, Result b, String picture) {
    List<float[]> from = rows(a);
    List<float[]> to = rows(b);
    if (from.size() != to.size()) {
      faults.add(picture + ": " + from.size() + " objects became " + to.size());
      return;
    }
    boolean[] taken = new boolean[to.size()];
    for (int i = 0; i < from.size(); i++) {
      int nearest = -1;
      for (int j = 0; j < to.size(); j++) {
        if (!taken[j]
            && from.get(i)[0] == to.get(j)[0]
            && (nearest < 0
                || distance(from.get(i), to.get(j)) < distance(from.get(i), to.get(nearest)))) {
          nearest = j;
        }
      }
      if (nearest < 0) {
        faults.add(picture + ": class " + from.get(i)[0] + " is missing");
        continue;
      }
      taken[nearest] = true;
      objects++;
      conf = worst(conf, Math.abs(from.get(i)[1] - to.get(nearest)[1]), confLimit, picture);
      pixels = worst(pixels, distance(from.get(i), to.get(nearest)), pixelLimit, picture);
      if (!a.masks().isEmpty()) {
        mask = worst(mask, difference(a.masks().get(i), b.masks().get(nearest)), 0.01, picture);
      }
    }
  }

  private double worst(double before, double value, double limit, String picture) {
    // Written so that a NaN is a fault as well.
    if (!(value <= limit)) {
      faults.add(picture + ": " + value + " is more than " + limit);
    }
    return Math.max(before, value);
  }

  /** Prints what was found and fails if anything is out of its limits. */
  public void report(String figure) {
    Assets.figure(figure + "_objects", objects, "objects");
    Assets.figure(figure + "_max_confidence_error", conf, "confidence");
    Assets.figure(figure + "_max_position_error", pixels, "px");
    if (mask > 0) {
      Assets.figure(figure + "_max_mask_error", mask, "fraction");
    }
    check();
  }

  /** Fails if anything is out of its limits. */
  public void check() {
    assertEquals(List.of(), faults);
  }

  /** Class, confidence, then the numbers in pixels of every object. */
  private static List<float[]> rows(Result result) {
    List<float[]> rows = new ArrayList<>();
    for (Box box : result.boxes()) {
      Xyxy at = box.xyxy();
      List<Float> row =
          new ArrayList<>(
              List.of((float) box.classId(), box.confidence(), at.x1(), at.y1(), at.x2(), at.y2()));
      if (!result.keypoints().isEmpty()) {
        for (Keypoint point : result.keypoints().get(rows.size()).points()) {
          row.addAll(List.of(point.x(), point.y()));
        }
      }
      rows.add(floats(row));
    }
    for (Obb obb : result.obbs()) {
      List<Float> row = new ArrayList<>(List.of((float) obb.classId(), obb.confidence()));
      for (Xy corner : obb.corners()) {
        row.addAll(List.of(corner.x(), corner.y()));
      }
      rows.add(floats(row));
    }
    return rows;
  }

  private static float[] floats(List<Float> values) {
    float[] floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = values.get(i);
    }
    return floats;
  }

  private static double distance(float[] a, float[] b) {
    double largest = 0;
    for (int k = 2; k < a.length; k++) {
      double difference = Math.abs(a[k] - b[k]);
      largest = Double.isNaN(difference) ? Double.MAX_VALUE : Math.max(largest, difference);
    }
    return largest;
  }

  /** Share of the pixels set in either that are set in one of them only. */
  private static double difference(Mask a, Mask b) {
    int different = 0;
    int either = 0;
    for (int y = 0; y < a.frameHeight(); y++) {
      for (int x = 0; x < a.frameWidth(); x++) {
        boolean one = a.get(x, y);
        boolean other = b.get(x, y);
        either += one || other ? 1 : 0;
        different += one != other ? 1 : 0;
      }
    }
    return either == 0 ? 0 : (double) different / either;
  }
}
