// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.serve.internal.infer;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A tensor of an answer.
 *
 * @param data {@code float[]} for FP32, {@code int[]} for INT32, {@code String[]} for BYTES
 */
record OutputTensor(String name, DataType type, long[] shape, Object data) {
  static OutputTensor of(String name, float[] data, long... shape) {
    return new OutputTensor(name, DataType.FP32, shape, data);
  }

  static OutputTensor of(String name, int[] data, long... shape) {
    return new OutputTensor(name, DataType.INT32, shape, data);
  }

  static OutputTensor of(String name, String[] data, long... shape) {
    return new OutputTensor(name, DataType.BYTES, shape, data);
  }

  /** The elements as a JSON array. */
  void writeData(JsonGenerator out) throws IOException {
    out.writeStartArray();
    if (data instanceof float[] numbers) {
      for (float number : numbers) {
        out.writeNumber(number);
      }
    } else if (data instanceof int[] numbers) {
      for (int number : numbers) {
        out.writeNumber(number);
      }
    } else {
      for (String text : (String[]) data) {
        out.writeString(text);
      }
    }
    out.writeEndArray();
  }

  /** The elements packed, little-endian, texts each after its length. */
  byte[] bytes() {
    if (data instanceof float[] numbers) {
      ByteBuffer out = buffer(Float.BYTES * numbers.length);
      out.asFloatBuffer().put(numbers);
      return out.array();
    }
    if (data instanceof int[] numbers) {
      ByteBuffer out = buffer(Integer.BYTES * numbers.length);
      out.asIntBuffer().put(numbers);
      return out.array();
    }
    String[] texts = (String[]) data;
    byte[][] encoded = new byte[texts.length][];
    int total = 0;
    for (int i = 0; i < texts.length; i++) {
      encoded[i] = texts[i].getBytes(StandardCharsets.UTF_8);
      total += Integer.BYTES + encoded[i].length;
    }
    ByteBuffer out = buffer(total);
    for (byte[] text : encoded) {
      out.putInt(text.length).put(text);
    }
    return out.array();
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
