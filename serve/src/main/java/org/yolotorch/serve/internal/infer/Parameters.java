// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.serve.internal.infer;

import java.util.Locale;
import java.util.Map;
import org.yolotorch.ImageSize;
import org.yolotorch.PredictOptions;
import org.yolotorch.serve.internal.http.HttpFailure;

/** Options of a prediction as clients give them, by the names of the command line. */
public final class Parameters {
  private final Map<String, ?> values;

  private Parameters(Map<String, ?> values) {
    this.values = values;
  }

  /** The options among these values; others, which protocols know more of, are left alone. */
  public static PredictOptions.Builder read(Map<String, ?> values) {
    Parameters parameters = new Parameters(values);
    PredictOptions defaults = PredictOptions.defaults();
    PredictOptions.Builder builder =
        PredictOptions.builder()
            .conf(parameters.number("conf", defaults.conf()))
            .iou(parameters.number("iou", defaults.iou()))
            .maxDet(parameters.whole("max_det", defaults.maxDet()))
            .agnosticNms(parameters.flag("agnostic_nms"))
            .retinaMasks(parameters.flag("retina_masks"))
            .classes(parameters.wholes("classes"));
    return values.get("imgsz") == null ? builder : builder.imgsz(parameters.size("imgsz"));
  }

  /** A number, or the other one if it is not there. */
  static double number(Map<String, ?> values, String name, double otherwise) {
    return new Parameters(values).number(name, otherwise);
  }

  private double number(String name, double otherwise) {
    Object value = values.get(name);
    if (value == null) {
      return otherwise;
    }
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    try {
      return Double.parseDouble(value.toString().strip());
    } catch (NumberFormatException e) {
      throw wrong(name, "a number", value);
    }
  }

  private int whole(String name, int otherwise) {
    double number = number(name, otherwise);
    if (number != (int) number) {
      throw wrong(name, "a whole number", number);
    }
    return (int) number;
  }

  /** A side, or height and width. */
  private ImageSize size(String name) {
    String text = values.get(name).toString();
    String[] sides = text.split(",", -1);
    if (sides.length == 1) {
      int side = whole(name, 0);
      return new ImageSize(side, side);
    }
    try {
      return new ImageSize(Integer.parseInt(sides[0].strip()), Integer.parseInt(sides[1].strip()));
    } catch (NumberFormatException e) {
      throw wrong(name, "a side, or height and width such as 640,480", text);
    }
  }

  private boolean flag(String name) {
    Object value = values.get(name);
    String text = value == null ? "false" : value.toString().toLowerCase(Locale.ROOT);
    return switch (text) {
      case "true", "1", "1.0" -> true;
      case "false", "0", "0.0" -> false;
      default -> throw wrong(name, "true or false", value);
    };
  }

  private int[] wholes(String name) {
    Object value = values.get(name);
    if (value == null) {
      return new int[0];
    }
    if (value instanceof Number) {
      return new int[] {whole(name, 0)};
    }
    String[] parts = value.toString().replaceAll("[\\[\\]\\s]", "").split(",", -1);
    int[] numbers = new int[parts.length];
    for (int i = 0; i < parts.length; i++) {
      try {
        numbers[i] = Integer.parseInt(parts[i]);
      } catch (NumberFormatException e) {
        throw wrong(name, "ids of classes such as 0,2", value);
      }
    }
    return numbers;
  }

  private static HttpFailure wrong(String name, String expected, Object value) {
    return HttpFailure.badRequest(
        name
            + " must be "
            + expected
            + ", but was '"
            + Text.shortened(value.toString())
            + "'; leave it out for the default.");
  }
}
