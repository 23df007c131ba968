// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.val;

import java.util.List;
import org.yolotorch.Box;
import org.yolotorch.Keypoint;
import org.yolotorch.Keypoints;
import org.yolotorch.Obb;
import org.yolotorch.Xywhr;
import org.yolotorch.Xyxy;
import org.yolotorch.internal.data.Label;
import org.yolotorch.internal.data.LabelBox;

/** Overlap of labels and detections, each 0 to 1; one row per label, one column per detection. */
final class Overlaps {
  private static final double TINY = 1e-7;

  /** COCO's standard deviation of each of its 17 keypoints, nose to ankles, for OKS. */
  private static final double[] OKS_SIGMAS = {
    .026, .025, .025, .035, .035, .079, .079, .072, .072, .062, .062, .107, .107, .087, .087, .089,
    .089
  };

  /** The share of a box that a person's segment fills, by which COCO measures size. */
  private static final double AREA_SHARE = 0.53;

  private final List<Label> labels;
  private final int width;
  private final int height;

  /**
   * Of the labels of a picture.
   *
   * @param width of the picture in pixels
   * @param height of the picture in pixels
   */
  Overlaps(List<Label> labels, int width, int height) {
    this.labels = labels;
    this.width = width;
    this.height = height;
  }

  /** One overlap. */
  private interface Overlap {
    double of(int label, int found);
  }

  private double[][] all(int found, Overlap overlap) {
    double[][] table = new double[labels.size()][found];
    for (int l = 0; l < table.length; l++) {
      for (int d = 0; d < found; d++) {
        table[l][d] = overlap.of(l, d);
      }
    }
    return table;
  }

  private LabelBox pixels(int label) {
    return labels.get(label).box().scaled(width, height);
  }

  /** Intersection over union of boxes. */
  double[][] boxes(List<Box> found) {
    LabelBox[] own = new LabelBox[labels.size()];
    for (int l = 0; l < own.length; l++) {
      own[l] = pixels(l);
    }
    return all(found.size(), (l, d) -> boxes(own[l], found.get(d).xyxy()));
  }

  private static double boxes(LabelBox a, Xyxy b) {
    double w = Math.min(a.right(), b.x2()) - Math.max(a.left(), b.x1());
    double h = Math.min(a.bottom(), b.y2()) - Math.max(a.top(), b.y1());
    if (w <= 0 || h <= 0) {
      return 0;
    }
    double areaB = ((double) b.x2() - b.x1()) * ((double) b.y2() - b.y1());
    return w * h / (a.area() + areaB - w * h);
  }

  /** Intersection over union of masks. */
  double[][] masks(List<PixelSet> own, List<PixelSet> found) {
    return all(found.size(), (l, d) -> own.get(l).overlap(found.get(d)));
  }

  /** Probabilistic intersection over union of rotated boxes. */
  double[][] rotated(List<Obb> found) {
    Gaussian[] own = new Gaussian[labels.size()];
    for (int l = 0; l < own.length; l++) {
      double[] corners = labels.get(l).points().clone();
      for (int i = 0; i < corners.length; i++) {
        corners[i] *= i % 2 == 0 ? width : height;
      }
      own[l] = Gaussian.around(corners);
    }
    Gaussian[] other = new Gaussian[found.size()];
    for (int d = 0; d < other.length; d++) {
      Xywhr box = found.get(d).raw();
      other[d] = Gaussian.of(box.x(), box.y(), box.width(), box.height(), box.angle());
    }
    return all(found.size(), (l, d) -> own[l].overlap(other[d]));
  }

  /**
   * COCO's object keypoint similarity (OKS): the mean over the labelled points of exp(-d^2 / (2 s^2
   * k^2)), where d is the distance, s^2 the object's area and k twice the point's sigma.
   */
  double[][] keypoints(List<Keypoints> found) {
    return all(found.size(), (l, d) -> keypoints(l, found.get(d).points()));
  }

  private double keypoints(int label, List<Keypoint> found) {
    double[] points = labels.get(label).points();
    double area = pixels(label).area() * AREA_SHARE;
    int count = points.length / 3;
    double sum = 0;
    int labelled = 0;
    for (int k = 0; k < count; k++) {
      if (points[3 * k + 2] == 0) {
        continue;
      }
      double dx = points[3 * k] * width - found.get(k).x();
      double dy = points[3 * k + 1] * height - found.get(k).y();
      double sigma = count == OKS_SIGMAS.length ? OKS_SIGMAS[k] : 1.0 / count;
      sum += Math.exp(-(dx * dx + dy * dy) / (8 * sigma * sigma * (area + TINY)));
      labelled++;
    }
    return sum / (labelled + TINY);
  }
}
