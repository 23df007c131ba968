// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import java.util.Locale;

/** What the command line is asked to do. */
enum Mode {
  PREDICT("find objects, masks, poses, rotated boxes or classes in pictures"),
  EXPORT("write a model as a TorchScript archive"),
  INFO("tell what any file is and what the checks find in it, without running it"),
  VAL("measure how accurate a model is on a labelled data set"),
  BENCHMARK("compare archive kinds, optimize levels and precisions: size, accuracy, speed"),
  TRAIN("train a network on labelled pictures, or go on with an interrupted training"),
  TRACK(null);

  private final String id = name().toLowerCase(Locale.ROOT);
  private final String help;

  Mode(String help) {
    this.help = help;
  }

  String id() {
    return id;
  }

  /** One line of help; null for a mode that YOLO users know but this version does not have. */
  String help() {
    return help;
  }

  boolean isAvailable() {
    return help != null;
  }

  /** Those there are, as a sentence lists them. */
  static String words() {
    StringBuilder text = new StringBuilder();
    String last = "";
    for (Mode mode : values()) {
      if (mode.isAvailable()) {
        text.append(text.isEmpty() ? "" : ", ").append(last);
        last = mode.id;
      }
    }
    return text.append(" or ").append(last).toString();
  }

  /** The mode of this name, or null. */
  static Mode find(String id) {
    for (Mode mode : values()) {
      if (mode.id.equals(id)) {
        return mode;
      }
    }
    return null;
  }
}
