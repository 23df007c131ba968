// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.IntSupplier;
import org.yolotorch.ErrorCode;
import org.yolotorch.YoloException;
import org.yolotorch.internal.NativeFolder;
import org.yolotorch.internal.ProcessLimits;

/**
 * The command line: {@code yolo [TASK] MODE key=value ...}.
 *
 * <p>Results go to standard output, everything doubtful or wrong to standard error, one sentence
 * each. Exit codes: 0 all done, 1 a picture failed or something went wrong while running, 2 the
 * command line itself is wrong. Those of {@code info} tell its verdict: 0 clean, 1 refused, 2 no
 * model or one of a kind that is not read here.
 */
public final class Main {
  /** The version {@code yolo version} prints; a test compares it with the library's. */
  static final String VERSION = NativeFolder.VERSION;

  static final int OK = 0;
  static final int FAILED = 1;
  static final int WRONG_USAGE = 2;

  /** What Java ends a process with that Ctrl-C has ended. */
  static final int INTERRUPTED = 130;

  private Main() {}

  /** Runs a command line and ends the process with its exit code. */
  public static void main(String[] args) {
    // File names are UTF-8 nearly everywhere, whatever LC_ALL says.
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    PrintStream err =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    System.exit(run(out, err, args));
  }

  /** Runs a command line; the exit code. */
  static int run(PrintStream out, PrintStream err, String... args) {
    Console console = new Console(out, err);
    try {
      ProcessLimits.check();
      return run(console, out, args);
    } catch (UsageException e) {
      console.fail(e, e.getMessage());
      return WRONG_USAGE;
    } catch (YoloException e) {
      console.fail(e, e.getMessage());
      return exitCode(e.code());
    } catch (OutOfMemoryError e) {
      console.fail(e, "More Java memory was needed than there is; start Java with a larger -Xmx.");
      return FAILED;
    } catch (RuntimeException | Error e) {
      console.fail(
          e,
          "This should have worked, but a defect of yolotorch stopped it ("
              + e
              + "); set YOLO_DEBUG=1 and report what it prints.");
      return FAILED;
    }
  }

  /** What a failure of this cause ends with; {@code docs/errors.md} tells users. */
  static int exitCode(ErrorCode code) {
    boolean wrong = code == ErrorCode.INVALID_ARGUMENT || code == ErrorCode.INPUT_SIZE;
    return wrong ? WRONG_USAGE : FAILED;
  }

  private static int run(Console console, PrintStream out, String... args) {
    if (args.length == 0) {
      Help.print(null, out);
      return OK;
    }
    Subcommand subcommand = Subcommand.find(args[0]);
    if (subcommand != null) {
      Window.notNeeded();
      return subcommand.run(out, Arrays.copyOfRange(args, 1, args.length));
    }
    UsageException absent = AbsentCommand.refusal(args[0]);
    if (absent != null) {
      throw absent;
    }
    CommandLine line = CommandLine.parse(args);
    if (!line.values().flag(Argument.SHOW)) {
      Window.notNeeded();
    }
    if (line.isHelp()) {
      Help.print(line.mode(), out);
      return OK;
    }
    // What is wrong with a value is told alone: each command looks at its own before it runs.
    IntSupplier command =
        switch (line.mode()) {
          case EXPORT -> new ExportCommand(line.values(), console)::run;
          case TRAIN -> new TrainCommand(line.values(), console)::run;
          case VAL -> new ValCommand(line.values(), console)::run;
          case BENCHMARK -> new BenchmarkCommand(line.values(), console)::run;
          case INFO -> new InfoCommand(line.values(), console)::run;
          default -> new PredictCommand(line.values(), console, out)::run;
        };
    line.warnings().forEach(console);
    return command.getAsInt();
  }
}
