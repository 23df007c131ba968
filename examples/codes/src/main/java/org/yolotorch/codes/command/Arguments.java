// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.codes.command;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The command line of a mode: name=value, each name at most once. */
public final class Arguments {
  private final Map<String, String> values = new LinkedHashMap<>();

  /**
   * Takes a command line.
   *
   * @param names the names that the mode knows
   * @throws UsageException if a word is none of name=value, or a name comes twice
   */
  public Arguments(List<String> names, String... words) throws UsageException {
    for (String word : words) {
      int equals = word.indexOf('=');
      String name = equals < 0 ? word : word.substring(0, equals);
      if (equals < 0 || !names.contains(name)) {
        throw new UsageException(
            "NAME=VALUE was expected, with one of the names "
                + String.join(", ", names)
                + ", but '"
                + word
                + "' came; see --help.");
      }
      if (values.put(name, word.substring(equals + 1)) != null) {
        throw new UsageException(
            "Each name was expected once, but " + name + " came twice; leave one out.");
      }
    }
  }

  /** A text as it came. */
  public String text(String name, String otherwise) {
    return values.getOrDefault(name, otherwise);
  }

  /** A whole number in a range. */
  public int whole(String name, int otherwise, int least, int most) throws UsageException {
    return (int) number(name, otherwise, least, most, true);
  }

  /** A number in a range. */
  public double number(String name, double otherwise, double least, double most)
      throws UsageException {
    return number(name, otherwise, least, most, false);
  }

  private double number(String name, double otherwise, double least, double most, boolean whole)
      throws UsageException {
    String text = values.get(name);
    if (text == null) {
      return otherwise;
    }
    double value;
    try {
      value = whole ? Integer.parseInt(text) : Double.parseDouble(text);
    } catch (NumberFormatException e) {
      value = Double.NaN;
    }
    if (!(value >= least && value <= most)) {
      String range = whole ? (long) least + " to " + (long) most : least + " to " + most;
      throw new UsageException(
          (whole ? "A whole number from " : "A number from ")
              + range
              + " was expected as "
              + name
              + ", but '"
              + text
              + "' came; correct it.");
    }
    return value;
  }

  /** A path; null without one. */
  public Path path(String name) throws UsageException {
    String text = values.get(name);
    try {
      return text == null || text.isEmpty() ? null : Path.of(text);
    } catch (InvalidPathException e) {
      throw new UsageException(
          "A path was expected as " + name + ", but '" + text + "' came; correct it.");
    }
  }

  /** A path to something that is there and that the mode cannot do without. */
  public Path existing(String name) throws UsageException {
    Path path = path(name);
    if (path == null) {
      throw new UsageException(name + "=PATH was expected, but did not come; add it.");
    }
    if (!Files.exists(path)) {
      throw new UsageException(
          "A file or folder was expected at '"
              + path
              + "', but there is none; correct "
              + name
              + ".");
    }
    return path;
  }
}
