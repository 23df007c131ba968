// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import org.yolotorch.support.Fuzzing;

/** Reads whatever comes as a file of arguments. */
public final class ValueFileFuzzer {
  private ValueFileFuzzer() {}

  /** Called by Jazzer. */
  public static void fuzzerTestOneInput(byte[] input) {
    String file = Fuzzing.file("values.yaml", input).toString();
    try {
      ValueFile.read(file);
      CommandLine.parse("cfg=" + file);
    } catch (UsageException e) {
      Fuzzing.checkMessage(e);
    }
  }
}
