// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.data;

/**
 * One object of a label file, lengths normalised by the picture's.
 *
 * @param classId its class
 * @param box its box
 * @param points outline or corners as x, y pairs; keypoints as x, y, visibility; else empty
 */
public record Label(int classId, LabelBox box, double[] points) {
  /** With another class. */
  public Label withClass(int id) {
    return new Label(id, box, points);
  }
}
