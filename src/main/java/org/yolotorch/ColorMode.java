// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import org.yolotorch.internal.Checks;

/** What decides the colour that an object is drawn in. */
public enum ColorMode {
  /** Objects of a class share a colour. */
  CLASS("class"),
  /** Each object of a picture has its own colour, in the order of the result. */
  INSTANCE("instance");

  private final String id;

  ColorMode(String id) {
    this.id = id;
  }

  /** Its name on the command line, such as {@code instance}. */
  public String id() {
    return id;
  }

  /**
   * The mode of this name.
   *
   * @throws YoloException.InvalidArgument if there is none
   */
  public static ColorMode of(String id) {
    Checks.given("id", id);
    for (ColorMode mode : values()) {
      if (mode.id.equals(id)) {
        return mode;
      }
    }
    throw new YoloException.InvalidArgument(
        "color_mode must be class or instance, but was '" + id + "'; choose one of the two.");
  }
}
