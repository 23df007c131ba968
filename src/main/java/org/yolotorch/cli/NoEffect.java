// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * Why an {@link Argument} that YOLO users know changes nothing in a mode: it is taken, with a
 * warning.
 *
 * @param reason the reason, or what is done instead; the end of a sentence
 */
record NoEffect(String reason) {
  /** The warning about a value that changes nothing. */
  static String warning(String key, String value, Mode mode, String reason) {
    return key + "=" + value + " changes nothing in " + mode.id() + ": " + reason + ".";
  }

  /** Why an argument of other modes changes nothing in this one. */
  static String elsewhere(Argument argument, Mode mode) {
    if (mode == Mode.BENCHMARK) {
      switch (argument) {
        case HALF:
          return "an archive in half precision is measured anyway, beside the others";
        case INT8:
        case QUANTIZE:
          return "no archive with weights of 8 bits is written; half precision is measured anyway";
        case FORMAT:
          return "checkpoints and TorchScript archives of every kind are measured, no other format";
        default:
      }
    }
    List<String> modes = new ArrayList<>();
    for (Mode other : Mode.values()) {
      if (argument.belongsTo(other) && !argument.isWithoutEffect(other)) {
        modes.add(other.id());
      }
    }
    return modes.isEmpty() ? argument.reason() : "it is of " + String.join(" and ", modes);
  }
}
