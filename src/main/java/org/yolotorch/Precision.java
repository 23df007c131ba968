// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import org.yolotorch.internal.Checks;

/** What the layers of a network compute in on a CPU. */
public enum Precision {
  /** Single precision, 32 bits. */
  FP32("fp32"),
  /**
   * bfloat16: 16 bits with the range of single precision and 8 bits of accuracy; sums are
   * accumulated in single precision. Everything that is not a layer, such as the decoding of boxes,
   * stays in single precision.
   */
  BF16("bf16");

  private final String id;

  Precision(String id) {
    this.id = id;
  }

  /** Its name on the command line, such as {@code bf16}. */
  public String id() {
    return id;
  }

  /**
   * The precision of this name.
   *
   * @throws YoloException.InvalidArgument if there is none
   */
  public static Precision of(String id) {
    Checks.given("id", id);
    for (Precision precision : values()) {
      if (precision.id.equals(id)) {
        return precision;
      }
    }
    throw new YoloException.InvalidArgument(
        "precision must be fp32 or bf16, but was '" + id + "'.");
  }
}
