// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

/** How a value is read. */
enum Kind {
  TEXT("a text", "cpu"),
  PATH("a path", "folder/file"),
  NUMBER("a number", "0.5"),
  WHOLE("a whole number", "100"),
  WHOLES("whole numbers", "0,2"),
  SIZE("a whole number or height,width", "640"),
  FLAG("True or False", "True");

  private final String words;
  private final String example;

  Kind(String words, String example) {
    this.words = words;
    this.example = example;
  }

  String words() {
    return words;
  }

  String example() {
    return example;
  }
}
