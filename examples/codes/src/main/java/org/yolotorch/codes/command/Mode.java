// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.codes.command;

import java.io.IOException;
import java.io.PrintStream;

/** A mode of the program. */
public interface Mode {
  /** What {@code --help} prints. */
  String help();

  /** Carries out a command line. */
  void run(PrintStream out, String... words) throws UsageException, IOException;
}
