// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.codes;

/** A rectangle; y grows downwards, as in pictures. */
record Rect(double x, double y, double width, double height) {
  Rect shrunk(double margin) {
    return new Rect(x + margin, y + margin, width - 2 * margin, height - 2 * margin);
  }

  double right() {
    return x + width;
  }

  double bottom() {
    return y + height;
  }

  double longest() {
    return Math.max(width, height);
  }

  double overlap(Rect other) {
    double across = Math.min(right(), other.right()) - Math.max(x, other.x);
    double down = Math.min(bottom(), other.bottom()) - Math.max(y, other.y);
    double both = Math.max(0, across) * Math.max(0, down);
    return both / (width * height + other.width * other.height - both);
  }
}
