// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal;

import java.util.List;
import org.yolotorch.YoloException;

/** Range checks of all options, with uniform messages. */
public final class Checks {
  private Checks() {}

  /**
   * An argument that must not be null.
   *
   * @throws NullPointerException with a sentence that names it
   */
  public static <T> T given(String name, T value) {
    if (value == null) {
      throw new NullPointerException(
          name + " must be given, but was null; pass a value or leave the option out.");
    }
    return value;
  }

  /** A copy of a list in which nothing is null, nor the list itself. */
  public static <T> List<T> all(String name, List<? extends T> values) {
    for (Object value : given(name, values)) {
      if (value == null) {
        throw new NullPointerException(
            name + " must hold values, but one of them was null; take it out of the list.");
      }
    }
    return List.copyOf(values);
  }

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
    if (given(name, value).isBlank()) {
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
