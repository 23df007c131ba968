// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.yolotorch.Task;
import org.yolotorch.train.TrainArgument;

/** Scripts that let a shell complete command lines, made from {@link Mode} and {@link Argument}. */
final class Completion {
  private Completion() {}

  /**
   * Prints the script of a shell.
   *
   * @throws UsageException if it is neither bash nor zsh
   */
  static void print(String shell, PrintStream out) {
    switch (shell) {
      case "bash" -> out.print(bash());
      case "zsh" -> out.print(zsh());
      default ->
          throw new UsageException(
              "completion must be followed by bash or zsh, but '"
                  + shell
                  + "' came; write it like: eval \"$(yolo completion bash)\".");
    }
  }

  /** Bash treats the text after the equals sign as a word of its own. */
  private static String bash() {
    return """
        _yolo() {
          local line=${COMP_LINE:0:COMP_POINT} mode= candidate keys
          local word=${line##* }
          for candidate in $line; do
            case " MODES " in *" $candidate "*) mode=$candidate ;; esac
          done
          if [[ $word == *=* ]]; then
            local key=${word%%=*} value=${word#*=}
            case ${key#--} in
              FLAGS) COMPREPLY=($(compgen -W "True False" -- "$value")) ;;
              task) COMPREPLY=($(compgen -W "TASKS" -- "$value")) ;;
              mode) COMPREPLY=($(compgen -W "MODES" -- "$value")) ;;
              PATHS)
                compopt -o filenames
                COMPREPLY=($(compgen -f -- "$value")) ;;
            esac
            return
          fi
          case $mode in
        CASES
            *) keys="MODES WORDS TASKS" ;;
          esac
          COMPREPLY=($(compgen -W "$keys" -- "$word"))
          if [[ ${COMPREPLY[0]} == *= ]]; then compopt -o nospace; fi
        }
        complete -F _yolo yolo
        """
        .replace("CASES", cases("keys=\"", "=", "\""))
        .transform(Completion::fill);
  }

  private static String zsh() {
    return """
        #compdef yolo
        _yolo() {
          local mode= candidate
          local -a keys
          for candidate in ${words[1,CURRENT-1]}; do
            case " MODES " in *" $candidate "*) mode=$candidate ;; esac
          done
          if [[ $PREFIX == *=* ]]; then
            local key=${${PREFIX%%=*}#--}
            compset -P '*='
            case $key in
              FLAGS) compadd True False ;;
              task) compadd TASKS ;;
              mode) compadd MODES ;;
              PATHS) _files ;;
            esac
            return
          fi
          case $mode in
        CASES
            *) compadd MODES WORDS TASKS; return ;;
          esac
          compadd -S = -- $keys
        }
        if (( $+functions[compdef] )); then compdef _yolo yolo; fi
        """
        .replace("CASES", cases("keys=(", "", ")"))
        .transform(Completion::fill);
  }

  private static String fill(String script) {
    List<String> modes = new ArrayList<>();
    List<String> words = new ArrayList<>();
    List<String> tasks = new ArrayList<>();
    List<String> flags = new ArrayList<>();
    List<String> paths = new ArrayList<>();
    for (Mode mode : Mode.values()) {
      if (mode.isAvailable()) {
        modes.add(mode.id());
      }
    }
    for (Subcommand subcommand : Subcommand.values()) {
      words.add(subcommand.id());
    }
    // Of an artifact of its own, which the launcher runs.
    words.add("serve");
    for (Task task : Task.values()) {
      tasks.add(task.id());
    }
    for (Argument argument : Argument.values()) {
      if (argument.kind() == Kind.FLAG) {
        flags.add(argument.key());
      } else if (argument.kind() == Kind.PATH) {
        paths.add(argument.key());
      }
    }
    return script
        .replace("MODES", String.join(" ", modes))
        .replace("WORDS", String.join(" ", words))
        .replace("TASKS", String.join(" ", tasks))
        .replace("FLAGS", String.join("|", flags))
        .replace("PATHS", String.join("|", paths));
  }

  /** One case per mode: the arguments it takes. */
  private static String cases(String before, String behindKey, String behind) {
    List<String> cases = new ArrayList<>();
    for (Mode mode : Mode.values()) {
      if (mode.isAvailable()) {
        List<String> keys = new ArrayList<>();
        for (Argument argument : Argument.values()) {
          if (argument.belongsTo(mode) && !argument.isWithoutEffect(mode)) {
            keys.add(argument.key() + behindKey);
          }
        }
        for (TrainArgument argument : TrainArgument.values()) {
          if (mode == Mode.TRAIN) {
            keys.add(argument.key() + behindKey);
          }
        }
        cases.add("    " + mode.id() + ") " + before + String.join(" ", keys) + behind + " ;;");
      }
    }
    return String.join("\n", cases);
  }
}
