// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.serve.internal.infer;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The elements of a JSON array, flat or nested. */
final class JsonData {
  private float[] floats;
  private int count;
  private List<String> texts;

  static JsonData read(JsonParser in) throws IOException {
    if (!in.isExpectedStartArrayToken()) {
      throw InferJson.expected("an array of 'data'");
    }
    JsonData values = new JsonData();
    int depth = 1;
    while (depth > 0) {
      switch (in.nextToken()) {
        case START_ARRAY -> depth++;
        case END_ARRAY -> depth--;
        case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> values.add(in.getFloatValue());
        case VALUE_TRUE -> values.add(1);
        case VALUE_FALSE -> values.add(0);
        case VALUE_STRING -> values.add(in.getText());
        default -> throw InferJson.expected("numbers or texts as 'data'");
      }
    }
    return values;
  }

  private void add(float number) {
    if (texts != null) {
      throw InferJson.expected("'data' of one kind");
    }
    if (floats == null) {
      floats = new float[64];
    } else if (count == floats.length) {
      floats = Arrays.copyOf(floats, 2 * count);
    }
    floats[count++] = number;
  }

  private void add(String text) {
    if (floats != null) {
      throw InferJson.expected("'data' of one kind");
    }
    if (texts == null) {
      texts = new ArrayList<>();
    }
    if (texts.size() == Infer.MAX_PICTURES) {
      throw InferJson.expected("an end after " + Infer.MAX_PICTURES + " texts");
    }
    texts.add(text);
  }

  float[] numbers() {
    return floats == null ? null : Arrays.copyOf(floats, count);
  }

  List<String> texts() {
    return texts;
  }
}
