// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal;

import org.yolotorch.YoloException;

/** Range checks of all options, with uniform messages. */
public final class Checks {
  private Checks() {}

  /** A whole number from {@code low} to {@code high}. */
  public static int range(String name, int value, int low, int high) {
    if (value < low || value > high) {
      throw new YoloException.InvalidArgument(
          name
              + " must be a whole number from "
              + low
              + " to "
              + high
              + ", but was "
              + value
              + "; choose a value in that range.");
    }
    return value;
  }

  /** A number from 0 to 1. */
  public static double fraction(String name, double value) {
    // Written so that NaN fails as well.
    if (!(value >= 0 && value <= 1)) {
      throw new YoloException.InvalidArgument(
          name
              + " must be a number from 0 to 1, but was "
              + value
              + "; choose a value in that range, such as 0.25.");
    }
    return value;
  }

  /** A value that is passed to the native library as one line of text. */
  public static String line(String name, String value) {
    if (value == null || value.isBlank()) {
      throw new YoloException.InvalidArgument(
          name + " must not be empty; give a value or leave the option out.");
    }
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) < ' ') {
        throw new YoloException.InvalidArgument(
            name + " must be one line of text, but holds a control character; take it out.");
      }
    }
    return value;
  }
}
