// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.yolotorch.Task;
import org.yolotorch.internal.Count;

/**
 * Format of the lines of label files: class id, then for
 *
 * <ul>
 *   <li>detect: centre x and y, width, height, or an outline whose box is taken;
 *   <li>segment: x and y of the points of the outline;
 *   <li>pose: the box as for detect, then x, y and, if the model predicts it, visibility of every
 *       point;
 *   <li>obb: x and y of the four corners.
 * </ul>
 *
 * <p>The rules are Ultralytics', in single precision as there: centre, size and keypoints may be
 * outside the picture by a hundredth of its sides, and are moved to its edge; the points of an
 * outline may be anywhere, if centre and size of their box are within that.
 *
 * @param task the task
 * @param classes class ids are below this
 * @param keypoints points of an object, for the task pose
 * @param keypointValues numbers per point: 2 or 3
 */
public record LabelFormat(Task task, int classes, int keypoints, int keypointValues) {
  private static final float LEAST = -0.01f;
  private static final float MOST = 1.01f;
  private static final int BOX_COLUMNS = 5;

  /** A line that is no label; the message is the end of a sentence that names file and line. */
  static final class Fault extends Exception {
    private static final long serialVersionUID = 1;

    Fault(String message) {
      super(message);
    }

    private Fault(String expected, String came, String advice) {
      this("where " + expected + ", but " + came + " came; " + advice + ".");
    }
  }

  /** Whether a line of so many numbers makes the lines of its file outlines. */
  boolean isOutline(int columns) {
    return task != Task.POSE && columns > BOX_COLUMNS + 1;
  }

  /**
   * The label of a line's numbers.
   *
   * @param outlines whether the lines of its file are outlines
   * @throws Fault if they are no label of this kind
   */
  Label read(double[] values, boolean outlines) throws Fault {
    checkColumns(values.length, outlines);
    int classId = (int) values[0];
    if (classId != values[0] || classId < 0 || classId >= classes) {
      throw new Fault(
          "a class id from 0 to " + (classes - 1) + " comes first", text(values[0]), "correct it");
    }
    if (outlines) {
      double[] points = Arrays.copyOfRange(values, 1, values.length);
      LabelBox box = LabelBox.around(points);
      double[] centred = box.centred();
      for (double value : centred) {
        if (isOutside(value)) {
          throw outside(Arrays.stream(points).filter(LabelFormat::isOutside).findFirst(), value);
        }
      }
      return new Label(classId, box, task == Task.DETECT ? new double[0] : points);
    }
    double[] clipped = values.clone();
    for (int i = 1; i < values.length; i++) {
      boolean place = i < BOX_COLUMNS || (i - BOX_COLUMNS) % keypointValues < 2;
      if (place ? isOutside(values[i]) : (float) values[i] < LEAST) {
        throw outside(OptionalDouble.empty(), values[i]);
      }
      clipped[i] = Math.max(0, place ? Math.min(values[i], 1) : values[i]);
    }
    LabelBox box = LabelBox.ofCentre(clipped[1], clipped[2], clipped[3], clipped[4]);
    return new Label(classId, box, task == Task.POSE ? keypoints(values, clipped) : new double[0]);
  }

  private static boolean isOutside(double value) {
    return (float) value < LEAST || (float) value > MOST;
  }

  private static Fault outside(OptionalDouble point, double value) {
    return new Fault(
        "places and lengths are normalised to 0 to 1",
        text(point.orElse(value)),
        "divide by the sides");
  }

  /** What two lines must have in common to be the same label. */
  List<Float> key(double[] values, boolean outlines) {
    double[] numbers = values;
    if (outlines) {
      numbers = new double[BOX_COLUMNS];
      numbers[0] = values[0];
      double[] centred = LabelBox.around(Arrays.copyOfRange(values, 1, values.length)).centred();
      System.arraycopy(centred, 0, numbers, 1, centred.length);
    }
    List<Float> key = new ArrayList<>(numbers.length);
    for (double number : numbers) {
      // 0 and -0 are the same place.
      key.add((float) number + 0f);
    }
    return key;
  }

  private void checkColumns(int columns, boolean outlines) throws Fault {
    int pose = BOX_COLUMNS + keypoints * keypointValues;
    boolean right =
        switch (task) {
          case POSE -> columns == pose;
          case OBB -> columns == 9;
          case SEGMENT -> outlines && columns >= 3 && columns % 2 == 1;
          default -> outlines ? columns >= 3 && columns % 2 == 1 : columns == BOX_COLUMNS;
        };
    if (right) {
      return;
    }
    String wanted =
        switch (task) {
          case POSE -> pose + " numbers (class, box, " + Count.of(keypoints, "point") + ")";
          case OBB -> "9 numbers (class and four corners)";
          case SEGMENT -> "a class and x, y of at least three points of an outline";
          default ->
              outlines
                  ? "a class and x, y of the points of an outline, as other lines of the file do"
                  : "5 numbers (class, centre x and y, width, height)";
        };
    throw new Fault(
        "a line holds " + wanted, Count.of(columns, "number"), "convert it for task " + task);
  }

  /** Points as x, y, visibility; where none is told, a point is visible if it is in the picture. */
  private double[] keypoints(double[] values, double[] clipped) {
    double[] points = new double[3 * keypoints];
    for (int k = 0; k < keypoints; k++) {
      int from = BOX_COLUMNS + k * keypointValues;
      points[3 * k] = clipped[from];
      points[3 * k + 1] = clipped[from + 1];
      boolean inside = values[from] >= 0 && values[from + 1] >= 0;
      points[3 * k + 2] = keypointValues == 3 ? clipped[from + 2] : inside ? 1 : 0;
    }
    return points;
  }

  private static String text(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
