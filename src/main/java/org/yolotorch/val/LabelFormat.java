// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.val;

import org.yolotorch.ModelInfo;
import org.yolotorch.Task;
import org.yolotorch.YoloException;
import org.yolotorch.internal.Count;

/**
 * Format of the lines of label files: class id, then for
 *
 * <ul>
 *   <li>detect: centre x and y, width, height, or an outline whose box is taken;
 *   <li>segment: x and y of at least three points of the outline;
 *   <li>pose: the box as for detect, then x, y and, if the model predicts it, visibility of every
 *       point;
 *   <li>obb: x and y of the four corners.
 * </ul>
 *
 * @param task the task
 * @param classes class ids are below this
 * @param keypoints points of an object, for the task pose
 * @param keypointValues numbers per point: 2 or 3
 */
record LabelFormat(Task task, int classes, int keypoints, int keypointValues) {
  static LabelFormat of(ModelInfo info, int classes) {
    return new LabelFormat(info.task(), classes, info.keypoints(), info.keypointValues());
  }

  /**
   * The label of a line's numbers.
   *
   * @throws YoloException.InvalidData if they are no label of this kind
   */
  Label read(double[] values) {
    int columns = values.length;
    checkColumns(columns);
    int classId = (int) values[0];
    if (classId != values[0] || classId < 0 || classId >= classes) {
      throw fault(
          "a class id from 0 to " + (classes - 1) + " comes first", text(values[0]), "correct it");
    }
    boolean outline = task == Task.OBB || task == Task.SEGMENT || columns > 5 && task != Task.POSE;
    for (int i = 1; i < columns; i++) {
      boolean place = task != Task.POSE || i < 5 || (i - 5) % keypointValues < 2;
      // Others write their numbers in single precision, where this is 1.
      if (!(values[i] >= 0) || place && (float) values[i] > 1) {
        throw fault(
            "places and lengths are normalised to 0 to 1", text(values[i]), "divide by the sides");
      }
    }
    if (outline) {
      double[] points = new double[columns - 1];
      System.arraycopy(values, 1, points, 0, points.length);
      return new Label(
          classId, LabelBox.around(points), task == Task.DETECT ? new double[0] : points);
    }
    LabelBox box = LabelBox.centred(values[1], values[2], values[3], values[4]);
    return new Label(classId, box, task == Task.POSE ? keypoints(values) : new double[0]);
  }

  private void checkColumns(int columns) {
    String wanted =
        switch (task) {
          case POSE ->
              columns == 5 + keypoints * keypointValues
                  ? null
                  : 5
                      + keypoints * keypointValues
                      + " numbers (class, box, "
                      + Count.of(keypoints, "point")
                      + ")";
          case OBB -> columns == 9 ? null : "9 numbers (class and four corners)";
          case SEGMENT ->
              columns >= 7 && columns % 2 == 1
                  ? null
                  : "a class and x, y of at least three points of an outline";
          default ->
              columns == 5 || columns >= 7 && columns % 2 == 1
                  ? null
                  : "5 numbers (class, centre x and y, width, height)";
        };
    if (wanted != null) {
      throw fault(
          "a line holds " + wanted, Count.of(columns, "number"), "convert it for task " + task);
    }
  }

  /** Points as x, y, visibility; all are visible where the model tells no visibility. */
  private double[] keypoints(double[] values) {
    double[] points = new double[3 * keypoints];
    for (int k = 0; k < keypoints; k++) {
      int from = 5 + k * keypointValues;
      points[3 * k] = values[from];
      points[3 * k + 1] = values[from + 1];
      points[3 * k + 2] = keypointValues == 3 ? values[from + 2] : 1;
    }
    return points;
  }

  private static String text(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  /** The end of a sentence that names the file and the line. */
  private static YoloException.InvalidData fault(String expected, String came, String advice) {
    return new YoloException.InvalidData(
        "where " + expected + ", but " + came + " came; " + advice + ".");
  }
}
