// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal;

/** Numbers of things in sentences. */
public final class Count {
  private Count() {}

  /** As many of a thing, such as "1 picture", "2 pictures" and "2 classes". */
  public static String of(long number, String thing) {
    String plural = thing.endsWith("s") ? "es" : "s";
    return number + " " + thing + (number == 1 ? "" : plural);
  }
}
