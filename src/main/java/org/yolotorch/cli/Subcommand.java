// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import java.io.PrintStream;
import java.util.Locale;

/** What a command line may begin with instead of a mode. */
enum Subcommand {
  HELP("this text; 'yolo MODE --help' lists a mode's arguments") {
    @Override
    int run(PrintStream out, String[] rest) {
      Help.print(rest.length == 0 ? null : Mode.find(rest[0]), out);
      return Main.OK;
    }
  },
  VERSION("the version of yolotorch") {
    @Override
    int run(PrintStream out, String[] rest) {
      out.println(Main.VERSION);
      return Main.OK;
    }
  },
  CHECKS("what this machine and this build have, and what to do about what is wrong") {
    @Override
    int run(PrintStream out, String[] rest) {
      return new ChecksCommand(out).run();
    }
  },
  CFG("every argument with its default, as a file for cfg=") {
    @Override
    int run(PrintStream out, String[] rest) {
      Help.printDefaults(out);
      return Main.OK;
    }
  },
  COMPLETION("the completion of a shell: eval \"$(yolo completion bash)\", or zsh") {
    @Override
    int run(PrintStream out, String[] rest) {
      Completion.print(rest.length == 1 ? rest[0] : "", out);
      return Main.OK;
    }
  };

  private final String id = name().toLowerCase(Locale.ROOT);
  private final String help;

  Subcommand(String help) {
    this.help = help;
  }

  String id() {
    return id;
  }

  String help() {
    return help;
  }

  /** Runs it with the arguments that follow it; returns the exit code. */
  abstract int run(PrintStream out, String[] rest);

  /** The subcommand of this name, with or without dashes, or null. */
  static Subcommand find(String text) {
    String word = text.toLowerCase(Locale.ROOT);
    for (Subcommand subcommand : values()) {
      String id = subcommand.id;
      if (word.equals(id) || word.equals("--" + id) || word.equals("-" + id.charAt(0))) {
        return subcommand;
      }
    }
    return word.equals("check") ? CHECKS : null;
  }
}
