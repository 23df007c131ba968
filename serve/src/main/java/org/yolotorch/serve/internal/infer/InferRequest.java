// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.serve.internal.infer;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.yolotorch.serve.internal.http.Call;
import org.yolotorch.serve.internal.http.HttpFailure;

/**
 * A request of the Open Inference Protocol.
 *
 * @param id what the answer is to carry; null for none
 * @param parameters those of the request: texts, numbers and booleans
 * @param outputs those asked for, each with whether its data are to be bytes; empty for all
 * @param binaryOutputs whether the data of outputs that do not say so are to be bytes
 */
record InferRequest(
    String id,
    Map<String, Object> parameters,
    List<InputTensor> inputs,
    Map<String, Boolean> outputs,
    boolean binaryOutputs) {
  /** Length of the JSON text at the beginning of a body with binary tensors. */
  static final String HEADER_LENGTH = "Inference-Header-Content-Length";

  /** Reads the body of a request. */
  static InferRequest read(Call call) {
    String header = call.header(HEADER_LENGTH);
    if (header == null) {
      return InferJson.read(call.body(), call.body().length);
    }
    int length = headerLength(header, call.body().length);
    return length == 0 ? ofPicture(call.body()) : InferJson.read(call.body(), length);
  }

  private static int headerLength(String header, int bodyLength) {
    try {
      int length = Integer.parseInt(header.strip());
      if (length >= 0 && length <= bodyLength) {
        return length;
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw HttpFailure.badRequest(
        HEADER_LENGTH
            + " must be the length of the JSON text, 0 to the body's "
            + bodyLength
            + " bytes, but was '"
            + Text.shortened(header)
            + "'.");
  }

  /** The whole body is the only element of the only input. */
  private static InferRequest ofPicture(byte[] body) {
    ByteBuffer element = ByteBuffer.allocate(Integer.BYTES + body.length);
    element.order(java.nio.ByteOrder.LITTLE_ENDIAN).putInt(body.length).put(body).flip();
    InputTensor image =
        new InputTensor(
            ModelTensors.IMAGE, DataType.BYTES, new long[] {1}, element, null, null, false);
    return new InferRequest(null, Map.of(), List.of(image), Map.of(), false);
  }

  /** The input of this name, or null. */
  InputTensor input(String name) {
    InputTensor found = null;
    for (InputTensor input : inputs) {
      if (input.name().equals(name)) {
        found = input;
      }
    }
    return found;
  }

  /** Whether the data of an output are to be bytes. */
  boolean isBinary(String output) {
    Boolean own = outputs.get(output);
    return own == null ? binaryOutputs : own;
  }
}
