// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yolotorch.Task;
import org.yolotorch.YoloException;
import org.yolotorch.train.TrainArgument;

/**
 * {@code [TASK] MODE key=value ...} in any order. Also understood: {@code --key value}, {@code
 * --key=value}, {@code --flag}, a bare flag, blanks around the equals sign and within brackets, and
 * a comma behind a value. Nothing, empty brackets and None stand for the default.
 *
 * <p>What the words mean depends on the mode, which may come last: they are read first, and taken
 * when it is known.
 */
final class CommandLine {
  /** An argument as it came; the value is null if there was none. */
  private record Given(String key, String value, boolean inFile) {
    boolean isWord() {
      return value == null;
    }
  }

  private final List<String> tokens;
  private final List<Given> given = new ArrayList<>();
  private final Values values = new Values();
  private final Map<String, String> warnings = new LinkedHashMap<>();
  private final List<String> unnamed = new ArrayList<>();
  private Mode mode;
  private Mode modeOfFile;
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
    CommandLine line = new CommandLine(SplitTokens.join(args));
    while (line.next < line.tokens.size()) {
      line.read(line.tokens.get(line.next++));
    }
    line.take();
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

  /** What was understood but changes nothing, or should be written otherwise, a sentence each. */
  List<String> warnings() {
    return List.copyOf(warnings.values());
  }

  private void read(String token) {
    boolean dashed = token.startsWith("--");
    String word = dashed ? token.substring(2) : token;
    int equals = word.indexOf('=');
    if (equals >= 0) {
      add(word.substring(0, equals).trim(), word.substring(equals + 1).trim());
      return;
    }
    word = ValueText.withoutComma(word);
    if (word.equals("help") || word.equals("-h")) {
      help = true;
    } else if (!word.isEmpty() && (dashed || !readMode(word))) {
      boolean takesNext = dashed && next < tokens.size() && takes(word, tokens.get(next));
      add(word, takesNext ? tokens.get(next++) : null);
    }
  }

  /** Whether the word behind {@code --key} is its value. */
  private static boolean takes(String key, String word) {
    Argument argument = Argument.find(key);
    TrainArgument training = TrainArgument.find(key);
    ForeignArguments foreign = ForeignArguments.of(key);
    if (argument == null && training == null && foreign == null || word.startsWith("--")) {
      return false;
    }
    boolean flag =
        argument != null
            ? argument.kind() == Kind.FLAG
            : training != null ? training.isFlag() : foreign.isFlag(key);
    return !flag || Values.truth(word) != null;
  }

  private void add(String key, String value) {
    Argument argument = value == null ? null : Argument.find(key);
    if (argument == Argument.CFG && !ValueText.isNothing(value)) {
      readFile(value);
    } else if (argument == Argument.MODE && !ValueText.isNothing(value)) {
      if (!readMode(value)) {
        throw wrongMode(value);
      }
    } else {
      given.add(new Given(key, value, false));
    }
  }

  /** A file of values goes before everything that came until then. */
  private void readFile(String name) {
    given.clear();
    for (Map.Entry<String, String> entry : ValueFile.read(name).entrySet()) {
      String key = entry.getKey();
      // What the file says of this very argument is of another run.
      if (key.equals(Argument.MODE.key())) {
        modeOfFile = Mode.find(entry.getValue());
        if (modeOfFile == null && !ValueText.isNothing(entry.getValue())) {
          throw wrongMode(entry.getValue());
        }
      } else if (!key.equals(Argument.CFG.key())) {
        given.add(new Given(key, entry.getValue(), true));
      }
    }
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

  private static UsageException wrongMode(String word) {
    return new UsageException(
        "mode must be " + Mode.words() + ", but was '" + word + "'; choose one of these.");
  }

  /** Takes what was read as the mode says. */
  private void take() {
    mode = mode == null ? modeOfFile : mode;
    if (help) {
      return;
    }
    if (mode == null || mode.isAvailable()) {
      given.forEach(this::take);
      takeFiles();
    }
    if (mode == null) {
      throw new UsageException(
          "A mode was expected, "
              + Mode.words()
              + ", but none came; write it like 'yolo predict model=yolo11n.pt source=bus.jpg'.");
    }
    if (!mode.isAvailable()) {
      throw new UsageException(
          "The mode '" + mode.id() + "' is not in this version yet; use " + Mode.words() + ".");
    }
  }

  private void take(Given one) {
    // A task before an argument: 'pose' is both.
    if (one.isWord() && isTask(one.key())) {
      values.put(Argument.TASK, one.key());
      return;
    }
    TrainArgument training = mode == Mode.TRAIN ? TrainArgument.find(one.key()) : null;
    if (training != null) {
      values.train(
          training, ValueText.clean(value(one, training.isFlag(), training.defaultValue())));
      return;
    }
    String current =
        DeprecatedArgument.current(one.key(), one.isWord() ? "True" : ValueText.clean(one.value()));
    if (current != null) {
      int equals = current.indexOf('=');
      Argument argument = Argument.find(current.substring(0, equals));
      put(argument, current.substring(equals + 1), one.inFile());
      if (mode != null && argument.belongsTo(mode)) {
        String now = "' is now '" + current + "', which is taken; write it so.";
        warnings.put(one.key(), "'" + one.key() + now);
      }
      return;
    }
    Argument argument = Argument.find(one.key());
    if (argument != null) {
      boolean flag = argument.kind() == Kind.FLAG;
      put(argument, value(one, flag, argument.kind().example()), one.inFile());
    } else if (ForeignArguments.of(one.key()) != null) {
      ForeignArguments foreign = ForeignArguments.of(one.key());
      String value = value(one, foreign.isFlag(one.key()), "1");
      warn(one.key(), value, one.inFile() ? null : foreign.reason());
    } else if (one.isWord() && UnnamedFiles.isFile(one.key())) {
      unnamed.add(one.key());
    } else {
      UsageException absent = one.isWord() ? AbsentCommand.refusal(one.key()) : null;
      throw absent != null ? absent : new UsageException(Suggestion.unknown(one.key(), mode));
    }
  }

  private static String value(Given one, boolean flag, String example) {
    if (one.isWord() && !flag) {
      throw new UsageException(
          "'"
              + one.key()
              + "' needs a value, but none came; write it like "
              + one.key()
              + "="
              + example
              + ".");
    }
    return one.isWord() ? "True" : one.value();
  }

  private void put(Argument argument, String text, boolean inFile) {
    String key = argument.key();
    String value = ValueText.clean(text);
    // The last one counts.
    values.remove(argument);
    if (mode == null || ValueText.isNothing(value)) {
      warn(key, value, null);
    } else if (!argument.belongsTo(mode)) {
      // A file may hold what other modes take.
      if (argument.isOwn() && !inFile) {
        throw new UsageException(
            "'"
                + key
                + "' is no argument of "
                + mode.id()
                + "; leave it out, or see 'yolo "
                + mode.id()
                + " --help'.");
      }
      warn(key, value, inFile ? null : NoEffect.elsewhere(argument, mode));
    } else if (argument.isWithoutEffect(mode)) {
      warn(key, value, Values.isDefault(argument, value) ? null : argument.reason());
    } else {
      putValue(argument, value);
    }
  }

  private void putValue(Argument argument, String value) {
    if (argument == Argument.TASK) {
      try {
        Task.of(value);
      } catch (YoloException.InvalidArgument e) {
        throw new UsageException(e.getMessage());
      }
    }
    if (argument == Argument.VERBOSE && mode == Mode.BENCHMARK && ValueText.isNumber(value)) {
      values.put(argument, "True");
      warn(argument.key(), value, "accuracies are told, but not compared with a least one");
      return;
    }
    values.put(argument, value);
  }

  /** Takes files without the name of an argument: what info looks at needs none. */
  private void takeFiles() {
    if (mode == Mode.INFO && unnamed.size() == 1 && !values.isGiven(Argument.MODEL)) {
      values.put(Argument.MODEL, unnamed.get(0));
    } else if (!unnamed.isEmpty()) {
      throw UnnamedFiles.refusal(unnamed, mode);
    }
  }

  /** Keeps the warning about the last value of an argument; no reason removes it. */
  private void warn(String key, String value, String reason) {
    warnings.remove(key);
    if (mode != null && reason != null && !ValueText.isNothing(ValueText.clean(value))) {
      warnings.put(key, NoEffect.warning(key, value, mode, reason));
    }
  }

  private static boolean isTask(String word) {
    for (Task task : Task.values()) {
      if (task.id().equals(word)) {
        return true;
      }
    }
    return false;
  }
}
