// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

/** The range of a value, both ends included. */
record Range(double low, double high) {
  static final Range FRACTION = new Range(0, 1);

  boolean holds(double value) {
    // Written so that NaN fails as well.
    return value >= low && value <= high;
  }

  @Override
  public String toString() {
    return text(low) + " to " + text(high);
  }

  private static String text(double value) {
    return value == Math.rint(value) ? "" + (long) value : "" + value;
  }
}
