// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.yolotorch.Task;
import org.yolotorch.YoloException;

/**
 * {@code [TASK] MODE key=value ...} in any order. Also understood: {@code --key value}, {@code
 * --key=value}, {@code --flag}, a bare flag, blanks around the equals sign and within brackets, and
 * a comma behind a value.
 */
final class CommandLine {
  private final List<String> tokens;
  private final Values values = new Values();
  private final List<Argument> used = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private boolean inFile;
  private Mode mode;
  private boolean help;
  private int next;

  private CommandLine(List<String> tokens) {
    this.tokens = tokens;
  }

  /**
   * Reads a command line.
   *
   * @throws UsageException if it cannot be understood
   */
  static CommandLine parse(String... args) {
    CommandLine line = new CommandLine(join(args));
    while (line.next < line.tokens.size()) {
      line.read(line.tokens.get(line.next++));
    }
    line.check();
    return line;
  }

  /** The mode, null if only help was asked for. */
  Mode mode() {
    return mode;
  }

  boolean isHelp() {
    return help;
  }

  Values values() {
    return values;
  }

  /** What was understood but should be written otherwise, one sentence each. */
  List<String> warnings() {
    return warnings;
  }

  private void check() {
    if (mode == null && !help) {
      throw new UsageException(
          "A mode was expected, "
              + Mode.words()
              + ", but none came; write it like 'yolo predict model=yolo11n.pt source=bus.jpg'.");
    }
    if (mode == null || help) {
      return;
    }
    if (!mode.isAvailable()) {
      throw new UsageException(
          "The mode '" + mode.id() + "' is not in this version yet; use " + Mode.words() + ".");
    }
    for (Argument argument : used) {
      if (!argument.belongsTo(mode)) {
        throw new UsageException(
            "'"
                + argument.key()
                + "' is no argument of "
                + mode.id()
                + "; leave it out, or see 'yolo "
                + mode.id()
                + " --help'.");
      }
      if (argument.refuses(mode) && !values.isDefault(argument)) {
        throw refusal(argument, argument.reason());
      }
    }
  }

  /** What says that an argument takes no value but its default. */
  static UsageException refusal(Argument argument, String reason) {
    return new UsageException(
        argument.key()
            + " must be left at its default, but came with another value: "
            + reason
            + ".");
  }

  private void read(String token) {
    boolean dashed = token.startsWith("--");
    String word = dashed ? token.substring(2) : token;
    if (word.equals("help") || word.equals("-h")) {
      help = true;
      return;
    }
    int equals = word.indexOf('=');
    if (equals >= 0) {
      read(word.substring(0, equals).trim(), word.substring(equals + 1).trim());
      return;
    }
    if (!dashed && (readMode(word) || readTask(word))) {
      return;
    }
    Argument argument = argument(word);
    boolean flag = argument.kind() == Kind.FLAG;
    if (dashed && next < tokens.size() && (!flag || isTruth(tokens.get(next)))) {
      put(argument, tokens.get(next++));
    } else if (flag) {
      put(argument, "True");
    } else {
      throw new UsageException(
          "'"
              + word
              + "' needs a value, but none came; write it like "
              + word
              + "="
              + argument.kind().example()
              + ".");
    }
  }

  private void read(String key, String value) {
    String current = DeprecatedArgument.current(key, value);
    if (current == null) {
      put(argument(key), value);
      return;
    }
    warnings.add("'" + key + "' is now '" + current + "', which is taken; write it so.");
    int equals = current.indexOf('=');
    put(argument(current.substring(0, equals)), current.substring(equals + 1));
  }

  /** A file of values goes before everything that came until then. */
  private void readFile(String name) {
    values.clear();
    used.clear();
    inFile = true;
    for (Map.Entry<String, String> entry : ValueFile.read(name).entrySet()) {
      // What the file says of this very argument is of another run.
      if (!entry.getKey().equals(Argument.CFG.key())) {
        read(entry.getKey(), entry.getValue());
      }
    }
    inFile = false;
  }

  private void put(Argument argument, String text) {
    String value = text;
    if (value.endsWith(",")) {
      value = value.substring(0, value.length() - 1);
    }
    if (argument == Argument.CFG) {
      readFile(value);
      return;
    }
    if (value.equalsIgnoreCase("none")) {
      values.remove(argument);
      return;
    }
    if (argument == Argument.MODE) {
      if (!readMode(value)) {
        throw new UsageException(
            "mode must be " + Mode.words() + ", but was '" + value + "'; choose one of these.");
      }
      return;
    }
    if (argument == Argument.TASK) {
      try {
        Task.of(value);
      } catch (YoloException.InvalidArgument e) {
        throw new UsageException(e.getMessage());
      }
    }
    // A file may hold what other modes take.
    if (!inFile || mode == null || argument.belongsTo(mode)) {
      used.add(argument);
    }
    values.put(argument, value);
  }

  private boolean readMode(String word) {
    Mode found = Mode.find(word);
    if (found != null && mode != null && mode != found) {
      throw new UsageException(
          "One mode was expected, but both '"
              + mode.id()
              + "' and '"
              + found.id()
              + "' came; leave one out.");
    }
    mode = found == null ? mode : found;
    return found != null;
  }

  private boolean readTask(String word) {
    for (Task task : Task.values()) {
      if (task.id().equals(word)) {
        values.put(Argument.TASK, word);
        return true;
      }
    }
    return false;
  }

  private Argument argument(String key) {
    Argument argument = Argument.find(key);
    if (argument == null) {
      throw new UsageException(Suggestion.unknown(key, mode));
    }
    return argument;
  }

  private static boolean isTruth(String text) {
    return text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false");
  }

  /** Puts together what a shell has split: {@code conf = 0.5} and {@code imgsz=[480, 640]}. */
  private static List<String> join(String[] args) {
    List<String> joined = new ArrayList<>();
    boolean open = false;
    for (String arg : args) {
      int last = joined.size() - 1;
      boolean glued =
          last >= 0 && (open || arg.startsWith("=") || endsWithEquals(joined.get(last)));
      String token = glued ? joined.set(last, joined.get(last) + arg) + arg : arg;
      if (!glued) {
        joined.add(arg);
      }
      int equals = token.indexOf('=');
      open = equals >= 0 && token.startsWith("[", equals + 1) && token.indexOf(']', equals) < 0;
    }
    return joined;
  }

  /** Whether a value is still to come: a lone {@code key=}. */
  private static boolean endsWithEquals(String token) {
    return token.length() > 1 && token.indexOf('=') == token.length() - 1;
  }
}
