// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import java.util.Locale;

/** What a command line may begin with elsewhere, and this one may not. */
enum AbsentCommand {
  SERVE(
      "the server is an artifact of its own, yolotorch-serve; './yolo serve' of the source tree"
          + " builds and runs it, and 'java -cp ... org.yolotorch.serve.Main' runs its jars"),
  SETTINGS("nothing is kept between runs; give arguments, or a file of them with cfg="),
  SETTING(SETTINGS.instead),
  COPY_CFG("'yolo cfg' prints every argument, as a file for cfg="),
  SOLUTIONS(
      "count, blur or alert in a program of your own on the results of 'yolo predict --json'"),
  SOLUTION(SOLUTIONS.instead),
  HUB("no account is needed; a model is a file or the name of published weights, model=yolo11n.pt"),
  LOGIN(HUB.instead),
  LOGOUT(HUB.instead);

  private final String id = name().toLowerCase(Locale.ROOT).replace('_', '-');
  private final String instead;

  AbsentCommand(String instead) {
    this.instead = instead;
  }

  /** What tells a user of such a word what there is instead, or null if it is none. */
  static UsageException refusal(String text) {
    String word = text.toLowerCase(Locale.ROOT);
    for (AbsentCommand command : values()) {
      if (word.equals(command.id) || word.equals("--" + command.id)) {
        return new UsageException("'" + word + "' is not offered here: " + command.instead + ".");
      }
    }
    return null;
  }
}
