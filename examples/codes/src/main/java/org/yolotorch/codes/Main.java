// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.codes;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.yolotorch.YoloException;
import org.yolotorch.codes.command.Mode;
import org.yolotorch.codes.command.UsageException;
import org.yolotorch.codes.compare.Compare;
import org.yolotorch.codes.generate.Generate;
import org.yolotorch.codes.read.Read;

/** Runs the mode that the first word names. */
public final class Main {
  private static final String HELP =
      """
      Makes, reads and compares pictures with 1D and 2D codes.

      java -jar yolotorch-codes-0.1.0.jar MODE [NAME=VALUE ...]

      generate   makes training pictures with codes and their YOLO labels
      read       finds the codes in pictures with a model and reads them
      compare    measures what several readers find and read in generated pictures

      MODE --help lists the arguments of a mode.
      """;

  private Main() {}

  /** The exit code is 2 if the command line is wrong, and 1 if a file or a model fails. */
  public static void main(String[] words) {
    System.setProperty("java.awt.headless", "true");
    System.exit(run(System.out, System.err, words));
  }

  /** Runs a command line and gives its exit code. */
  public static int run(PrintStream out, PrintStream err, String... words) {
    String name = words.length == 0 ? "" : words[0];
    Mode mode =
        switch (name) {
          case "generate" -> new Generate();
          case "read" -> new Read();
          case "compare" -> new Compare();
          default -> null;
        };
    if (words.length == 0 || name.equals("--help")) {
      out.print(HELP);
      return words.length == 0 ? 2 : 0;
    }
    if (mode == null) {
      err.println("generate, read or compare was expected, but '" + name + "' came; see --help.");
      return 2;
    }
    String[] rest = Arrays.copyOfRange(words, 1, words.length);
    if (rest.length == 0 || List.of(rest).contains("--help")) {
      out.print(mode.help());
      return rest.length == 0 ? 2 : 0;
    }
    try {
      mode.run(out, rest);
      return 0;
    } catch (UsageException e) {
      err.println(e.getMessage());
      return 2;
    } catch (YoloException e) {
      err.println(e.getMessage());
      return 1;
    } catch (IOException | UncheckedIOException e) {
      err.println("The pictures were expected to be read and written, but: " + e.getMessage());
      return 1;
    }
  }
}
