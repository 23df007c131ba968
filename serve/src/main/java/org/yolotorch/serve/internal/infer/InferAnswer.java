// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.serve.internal.infer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.yolotorch.serve.internal.http.HttpFailure;
import org.yolotorch.serve.internal.http.Reply;

/** Answers requests of the Open Inference Protocol. */
final class InferAnswer {
  private static final JsonFactory FACTORY = new JsonFactory();

  private InferAnswer() {}

  /** The answer with the outputs that the request asks for. */
  static Reply of(InferRequest request, String model, String version, List<OutputTensor> all)
      throws IOException {
    List<OutputTensor> outputs = asked(request, all);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    List<byte[]> tail = new ArrayList<>();
    try (JsonGenerator json = FACTORY.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("model_name", model);
      json.writeStringField("model_version", version);
      if (request.id() != null) {
        json.writeStringField("id", request.id());
      }
      json.writeArrayFieldStart("outputs");
      for (OutputTensor output : outputs) {
        byte[] bytes = request.isBinary(output.name()) ? output.bytes() : null;
        write(json, output, bytes);
        if (bytes != null) {
          tail.add(bytes);
        }
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    if (tail.isEmpty()) {
      return Reply.json(out.toByteArray());
    }
    String length = Integer.toString(out.size());
    for (byte[] bytes : tail) {
      out.write(bytes);
    }
    return Reply.ok("application/octet-stream", out.toByteArray())
        .with(InferRequest.HEADER_LENGTH, length);
  }

  private static List<OutputTensor> asked(InferRequest request, List<OutputTensor> all) {
    if (request.outputs().isEmpty()) {
      return all;
    }
    Set<String> unknown = new HashSet<>(request.outputs().keySet());
    List<OutputTensor> asked = new ArrayList<>();
    for (OutputTensor output : all) {
      if (unknown.remove(output.name())) {
        asked.add(output);
      }
    }
    if (!unknown.isEmpty()) {
      throw HttpFailure.badRequest(
          "An output of the model was expected, one of "
              + all.stream().map(OutputTensor::name).toList()
              + ", but '"
              + Text.shortened(unknown.iterator().next())
              + "' was asked for.");
    }
    return asked;
  }

  private static void write(JsonGenerator json, OutputTensor output, byte[] bytes)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("name", output.name());
    json.writeStringField("datatype", output.type().name());
    json.writeFieldName("shape");
    json.writeArray(output.shape(), 0, output.shape().length);
    if (bytes == null) {
      json.writeFieldName("data");
      output.writeData(json);
    } else {
      json.writeObjectFieldStart("parameters");
      json.writeNumberField("binary_data_size", bytes.length);
      json.writeEndObject();
    }
    json.writeEndObject();
  }
}
