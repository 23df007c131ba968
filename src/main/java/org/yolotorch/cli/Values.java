// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.yolotorch.ImageSize;
import org.yolotorch.Task;
import org.yolotorch.internal.Shipped;
import org.yolotorch.train.TrainArgument;

/** The values of a command line, read as their {@link Argument} says. */
final class Values {
  private final Map<Argument, Object> given = new EnumMap<>(Argument.class);

  private final Map<TrainArgument, String> training = new EnumMap<>(TrainArgument.class);

  /** Keeps a value of a training, which its options read. */
  void train(TrainArgument argument, String text) {
    training.put(argument, text);
  }

  /** What the command line gives to a training, as it is written there. */
  Map<TrainArgument, String> training() {
    return training;
  }

  /** Reads and keeps a value. */
  void put(Argument argument, String text) {
    given.put(argument, read(argument, text));
  }

  /** Resets the argument to its default. */
  void remove(Argument argument) {
    given.remove(argument);
  }

  void clear() {
    given.clear();
  }

  /** Whether the command line gives a value. */
  boolean isGiven(Argument argument) {
    return given.containsKey(argument);
  }

  /** Whether a value is the one that leaving the argument out gives. */
  static boolean isDefault(Argument argument, String text) {
    try {
      return argument.defaultValue() != null
          && read(argument, text).equals(read(argument, argument.defaultValue()));
    } catch (UsageException e) {
      return false;
    }
  }

  /** What a word says of a flag; null if it says neither. */
  static Boolean truth(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "true", "1", "yes", "on" -> true;
      case "false", "0", "no", "off" -> false;
      default -> null;
    };
  }

  private Object get(Argument argument) {
    Object value = given.get(argument);
    return value == null && argument.defaultValue() != null
        ? read(argument, argument.defaultValue())
        : value;
  }

  String text(Argument argument) {
    return (String) get(argument);
  }

  /** The model given, with its suffix, or that of the task given; to detect, the one shipped. */
  String model() {
    String model = text(Argument.MODEL);
    if (model != null) {
      return ModelName.complete(model);
    }
    Task task = text(Argument.TASK) == null ? Task.DETECT : Task.of(text(Argument.TASK));
    return task == Task.DETECT ? Shipped.MODEL : "yolo11n" + suffix(task) + ".pt";
  }

  /**
   * Checks that a model is given.
   *
   * @throws UsageException if none is
   */
  void needModel() {
    if (!isGiven(Argument.MODEL)) {
      throw new UsageException(
          "model must name the weights to measure, but none came; write it like model=yolo11n.pt.");
    }
  }

  /** What model names end in for a task. */
  static String suffix(Task task) {
    return switch (task) {
      case DETECT -> "";
      case SEGMENT -> "-seg";
      case POSE -> "-pose";
      case OBB -> "-obb";
      case CLASSIFY -> "-cls";
    };
  }

  double number(Argument argument) {
    return (Double) get(argument);
  }

  boolean flag(Argument argument) {
    return (Boolean) get(argument);
  }

  /** A whole number, or null where none is given and there is no default. */
  Integer whole(Argument argument) {
    return (Integer) get(argument);
  }

  /** The size given, or null. */
  ImageSize size(Argument argument) {
    int[] sides = (int[]) get(argument);
    return sides == null ? null : new ImageSize(sides[0], sides[sides.length - 1]);
  }

  /** The numbers given, none if none are. */
  int[] wholes(Argument argument) {
    Object value = get(argument);
    return value == null ? new int[0] : (int[]) value;
  }

  private static Object read(Argument argument, String text) {
    try {
      switch (argument.kind()) {
        case NUMBER:
          double number = Double.parseDouble(text);
          check(argument, number, text);
          return number;
        case WHOLE:
          int whole = Integer.parseInt(text);
          check(argument, whole, text);
          return whole;
        case WHOLES:
          return readWholes(text, Integer.MAX_VALUE);
        case SIZE:
          int[] sides = readWholes(text, 2);
          for (int side : sides) {
            check(argument, side, text);
          }
          return sides;
        case FLAG:
          Boolean truth = truth(text);
          if (truth == null) {
            throw new NumberFormatException();
          }
          return truth;
        default:
          if (text.isEmpty()) {
            throw new NumberFormatException();
          }
          return text;
      }
    } catch (NumberFormatException e) {
      throw new UsageException(
          argument.key()
              + " must be "
              + argument.kind().words()
              + ", but was '"
              + text
              + "'; write it like "
              + argument.key()
              + "="
              + argument.kind().example()
              + ".");
    }
  }

  private static void check(Argument argument, double value, String text) {
    if (argument.range() != null && !argument.range().holds(value)) {
      throw new UsageException(
          argument.key()
              + " must be "
              + (argument.kind() == Kind.NUMBER ? "a number" : "a whole number")
              + " from "
              + argument.range()
              + ", but was "
              + text
              + "; choose a value in that range.");
    }
  }

  /** Numbers between commas, with or without brackets around. */
  private static int[] readWholes(String text, int most) {
    String inner = text.trim();
    if (inner.length() > 1
        && (inner.startsWith("[") && inner.endsWith("]")
            || inner.startsWith("(") && inner.endsWith(")"))) {
      inner = inner.substring(1, inner.length() - 1).trim();
    }
    if (inner.endsWith(",")) {
      inner = inner.substring(0, inner.length() - 1);
    }
    int count = 1;
    for (int i = 0; i < inner.length(); i++) {
      count += inner.charAt(i) == ',' ? 1 : 0;
    }
    if (count > most) {
      throw new NumberFormatException();
    }
    int[] numbers = new int[count];
    int start = 0;
    for (int i = 0; i < count; i++) {
      int end = inner.indexOf(',', start);
      end = end < 0 ? inner.length() : end;
      numbers[i] = Integer.parseInt(inner.substring(start, end).trim());
      start = end + 1;
    }
    return numbers;
  }
}
