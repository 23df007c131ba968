// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.serve.internal.infer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.yolotorch.serve.internal.http.HttpFailure;

/**
 * A tensor of a request: its elements as bytes, or as JSON gave them.
 *
 * @param raw the elements, packed and little-endian, of {@link DataType#BYTES} each after its
 *     length; null if they came as JSON
 * @param numbers the elements of a JSON array of numbers or booleans; null for none
 * @param texts the elements of a JSON array of texts; null for none
 * @param base64 whether texts are bytes in base64
 */
record InputTensor(
    String name,
    DataType type,
    long[] shape,
    ByteBuffer raw,
    float[] numbers,
    List<String> texts,
    boolean base64) {
  /** Checks that there are as many elements as the shape says. */
  InputTensor {
    long count = elements(name, shape);
    long given = given(type, count, raw, numbers, texts);
    if (given != count) {
      throw HttpFailure.badRequest(
          "The data of input '"
              + Text.shortened(name)
              + "' must have as many elements as its shape "
              + Arrays.toString(shape)
              + ", "
              + count
              + ", but "
              + (raw == null ? given + " came." : raw.remaining() + " bytes came."));
    }
    boolean wantsTexts = type == DataType.BYTES;
    if (raw == null && count > 0 && wantsTexts != (texts != null)) {
      throw HttpFailure.badRequest(
          "The data of input '"
              + Text.shortened(name)
              + "' must be "
              + (wantsTexts ? "texts" : "numbers")
              + " for "
              + type
              + ", but were not.");
    }
  }

  /** How many elements came; -1 for no whole number. */
  private static long given(
      DataType type, long count, ByteBuffer raw, float[] numbers, List<String> texts) {
    if (raw != null) {
      // Those of any length are counted when they are read.
      int bytes = type.bytes();
      return bytes == 0 ? count : raw.remaining() % bytes == 0 ? raw.remaining() / bytes : -1;
    }
    return texts != null ? texts.size() : numbers == null ? 0 : numbers.length;
  }

  private static long elements(String name, long[] shape) {
    long count = 1;
    try {
      for (long side : shape) {
        if (side < 0) {
          throw new ArithmeticException("negative");
        }
        count = Math.multiplyExact(count, side);
      }
    } catch (ArithmeticException e) {
      throw HttpFailure.badRequest(
          "The shape of input '"
              + Text.shortened(name)
              + "' must have sides of 0 and more, but was "
              + Arrays.toString(shape)
              + ".");
    }
    return count;
  }

  /** The elements of type {@link DataType#BYTES}. */
  List<byte[]> byteElements() {
    List<byte[]> elements = new ArrayList<>();
    if (raw == null) {
      if (texts != null) {
        texts.forEach(text -> elements.add(bytes(text)));
      }
      return elements;
    }
    ByteBuffer rest = raw.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    long count = elements(name, shape);
    while (elements.size() < count && rest.remaining() >= Integer.BYTES) {
      int length = rest.getInt();
      if (length < 0 || length > rest.remaining()) {
        break;
      }
      byte[] element = new byte[length];
      rest.get(element);
      elements.add(element);
    }
    if (elements.size() < count || rest.hasRemaining()) {
      throw HttpFailure.badRequest(
          "Input '"
              + Text.shortened(name)
              + "' must hold "
              + count
              + " elements, each after its length as 4 bytes, but holds something else.");
    }
    return elements;
  }

  private byte[] bytes(String text) {
    if (!base64) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw HttpFailure.badRequest(
          "Input '"
              + Text.shortened(name)
              + "' says that its texts are base64, but one is not ("
              + e.getMessage()
              + ").");
    }
  }

  /** The elements of type {@link DataType#UINT8}, in direct memory. */
  ByteBuffer unsignedBytes() {
    ByteBuffer bytes = ByteBuffer.allocateDirect(raw == null ? numbers().length : raw.remaining());
    if (raw != null) {
      bytes.put(raw.duplicate());
    } else {
      for (float number : numbers()) {
        if (number != (int) number || number < 0 || number > 255) {
          throw HttpFailure.badRequest(
              "Input '" + Text.shortened(name) + "' must hold 0 to 255, but holds " + number + ".");
        }
        bytes.put((byte) (int) number);
      }
    }
    return bytes.flip();
  }

  /** The elements of type {@link DataType#FP32}. */
  float[] floats() {
    if (raw == null) {
      return numbers();
    }
    float[] values = new float[raw.remaining() / Float.BYTES];
    raw.duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }

  @Override
  public float[] numbers() {
    return numbers == null ? new float[0] : numbers;
  }
}
