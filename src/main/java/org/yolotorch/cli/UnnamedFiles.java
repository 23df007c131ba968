// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.yolotorch.Weights;
import org.yolotorch.internal.PathText;

/** Files that stand on a command line without the name of an argument. */
final class UnnamedFiles {
  private static final Set<String> MODELS =
      Set.of("pt", "pth", "torchscript", "onnx", "engine", "safetensors", "weights");

  private UnnamedFiles() {}

  /** Whether a word that is no argument looks like the name of a file, or is one. */
  static boolean isFile(String word) {
    try {
      return word.chars().anyMatch(c -> "./\\*[".indexOf(c) >= 0)
          || word.equals("-")
          || Weights.names().contains(word + ".pt")
          || Files.exists(PathText.of(word));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** Says how the names are written right. */
  static UsageException refusal(List<String> words, Mode asked) {
    Mode mode = asked == null ? Mode.PREDICT : asked;
    List<String> right = new ArrayList<>();
    for (String word : words) {
      right.add(argument(word, mode).key() + "=" + word);
    }
    return new UsageException(
        "An argument was expected before each file, but '"
            + String.join("' and '", words)
            + "' came without one; write it like 'yolo "
            + mode.id()
            + " "
            + String.join(" ", right)
            + "'.");
  }

  /** What a file of this name is likely to be. */
  private static Argument argument(String word, Mode mode) {
    String suffix = word.substring(word.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    String name = word.substring(word.lastIndexOf('/') + 1);
    boolean yaml = suffix.equals("yaml") || suffix.equals("yml");
    boolean source = mode == Mode.PREDICT;
    boolean data = Argument.DATA.belongsTo(mode) && !Argument.DATA.isWithoutEffect(mode);
    if (MODELS.contains(suffix)
        || Weights.names().contains(word + ".pt")
        || yaml && name.startsWith("yolo")
        || !yaml && !source && !data) {
      return Argument.MODEL;
    }
    if (yaml && !data) {
      return Argument.CFG;
    }
    return source ? Argument.SOURCE : Argument.DATA;
  }
}
