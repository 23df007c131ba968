// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.codes.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.yolotorch.codes.camera.Placement;
import org.yolotorch.codes.picture.Polygons;
import org.yolotorch.codes.symbols.CodeClass;

/** What a data set is labelled for, and its label lines. Places are shares of the sides. */
enum LabelTask {
  DETECT {
    @Override
    double[] numbers(Placement code, int width, int height) {
      return box(code, width, height);
    }
  },
  /** Four corners; the smallest rectangle around a code that is bent or cut off. */
  OBB {
    @Override
    double[] numbers(Placement code, int width, int height) {
      double[] corners = code.corners();
      if (code.outline().length > 8 || code.visible(width, height) < 1) {
        double[] part = Polygons.clip(code.outline(), width, height);
        corners = Polygons.smallestRectangle(part, corners[0], corners[1]);
        if (reachesOut(Polygons.bounds(corners), width, height)) {
          double[] box = Polygons.bounds(part);
          // Readers refuse a label with its centre outside or a side longer than the picture's.
          corners = new double[] {box[0], box[1], box[2], box[1], box[2], box[3], box[0], box[3]};
        }
      }
      return shares(corners, width, height);
    }
  },
  SEGMENT {
    @Override
    double[] numbers(Placement code, int width, int height) {
      return shares(Polygons.clip(code.outline(), width, height), width, height);
    }
  },
  /** The box, then the four corners; those outside the picture are 0 0 0. */
  POSE {
    @Override
    double[] numbers(Placement code, int width, int height) {
      double[] numbers = java.util.Arrays.copyOf(box(code, width, height), 16);
      for (int i = 0; i < 4; i++) {
        double x = code.corners()[2 * i] / width;
        double y = code.corners()[2 * i + 1] / height;
        if (x >= 0 && y >= 0 && x <= 1 && y <= 1) {
          numbers[4 + 3 * i] = x;
          numbers[5 + 3 * i] = y;
          numbers[6 + 3 * i] = 2;
        }
      }
      return numbers;
    }
  };

  /** The numbers after the class. */
  abstract double[] numbers(Placement code, int width, int height);

  /** Name of the folder and in arguments. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The text of a label file; empty without codes. */
  String lines(List<Placement> codes, int width, int height) {
    StringBuilder text = new StringBuilder();
    for (Placement code : codes) {
      text.append(code.kind().ordinal());
      double[] numbers = numbers(code, width, height);
      for (int i = 0; i < numbers.length; i++) {
        boolean visibility = this == POSE && i > 3 && i % 3 == 0;
        text.append(
            visibility ? " " + (int) numbers[i] : String.format(Locale.ROOT, " %.6f", numbers[i]));
      }
      text.append('\n');
    }
    return text.toString();
  }

  /** The data.yaml of a data set. */
  String dataFile() {
    List<String> lines = new ArrayList<>();
    lines.add("train: images/train");
    lines.add("val: images/val");
    if (this == POSE) {
      lines.add("# Corners of the symbol: top left, top right, bottom right, bottom left.");
      lines.add("kpt_shape: [4, 3]");
      lines.add("# A mirrored symbol is mirrored with its corners: each stays what it is.");
      lines.add("flip_idx: [0, 1, 2, 3]");
    }
    lines.add("names:");
    for (CodeClass kind : CodeClass.values()) {
      lines.add("  " + kind.ordinal() + ": " + kind.label());
    }
    return String.join("\n", lines) + "\n";
  }

  private static boolean reachesOut(double[] box, int width, int height) {
    double x = (box[0] + box[2]) / 2;
    double y = (box[1] + box[3]) / 2;
    boolean large = box[2] - box[0] > width || box[3] - box[1] > height;
    return large || x < 0 || y < 0 || x > width || y > height;
  }

  private static double[] box(Placement code, int width, int height) {
    double[] box = Polygons.bounds(Polygons.clip(code.outline(), width, height));
    return new double[] {
      (box[0] + box[2]) / 2 / width,
      (box[1] + box[3]) / 2 / height,
      (box[2] - box[0]) / width,
      (box[3] - box[1]) / height
    };
  }

  private static double[] shares(double[] points, int width, int height) {
    double[] shares = new double[points.length];
    for (int i = 0; i < points.length; i++) {
      shares[i] = points[i] / (i % 2 == 0 ? width : height);
    }
    return shares;
  }
}
