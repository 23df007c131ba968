// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.EnumSet;
import java.util.Set;
import org.yolotorch.ErrorCode;
import org.yolotorch.support.Fuzzing;

/**
 * Reads whatever comes as arguments, one a line, and makes the options of the command that they
 * name; it does not run.
 */
public final class CommandLineFuzzer {
  private static final PrintStream NOWHERE = new PrintStream(OutputStream.nullOutputStream());

  /** What a wrong value, a folder that is a file, or a missing jar may be refused with. */
  private static final Set<ErrorCode> REFUSALS =
      EnumSet.of(
          ErrorCode.INVALID_ARGUMENT,
          ErrorCode.INPUT_SIZE,
          ErrorCode.NOT_FOUND,
          ErrorCode.WRITE_FAILED,
          ErrorCode.NATIVE_LIBRARY);

  private CommandLineFuzzer() {}

  /** Called by Jazzer. */
  public static void fuzzerTestOneInput(byte[] input) {
    String[] arguments = Fuzzing.text(input).split("\n");
    Fuzzing.mayRefuse(REFUSALS, () -> read(arguments));
  }

  private static void read(String[] arguments) {
    try {
      CommandLine line = CommandLine.parse(arguments);
      if (line.isHelp()) {
        Help.print(line.mode(), NOWHERE);
        return;
      }
      Values values = line.values();
      values.remove(Argument.SHOW); // a window
      Console console = new Console(NOWHERE, NOWHERE);
      switch (line.mode()) {
        case EXPORT -> new ExportCommand(values, console);
        case VAL -> new ValCommand(values, console);
        case BENCHMARK -> new BenchmarkCommand(values, console);
        case INFO -> new InfoCommand(values, console);
        default -> new PredictCommand(values, console, NOWHERE);
      }
    } catch (UsageException e) {
      Fuzzing.checkMessage(e);
    }
  }
}
