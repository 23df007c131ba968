// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.serve.internal.infer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.yolotorch.serve.internal.http.HttpFailure;

/**
 * Reads the JSON text of a request. Arrays of numbers are read as they come, which takes a fraction
 * of the memory of a tree.
 */
final class InferJson {
  private static final String BINARY_SIZE = "binary_data_size";
  private static final int MAX_DEPTH = 32;
  private static final int MAX_DIMENSIONS = 16;

  /** Far more than any model has; names are compared with one another. */
  private static final int MAX_TENSORS = 64;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  // A picture in base64; the body as a whole is bounded.
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private final JsonParser in;
  private final ByteBuffer tail;

  private String id;
  private Map<String, Object> parameters = Map.of();
  private final List<InputTensor> inputs = new ArrayList<>();
  private final Map<String, Boolean> outputs = new HashMap<>();

  private InferJson(JsonParser in, ByteBuffer tail) {
    this.in = in;
    this.tail = tail;
  }

  /** Reads a body whose first {@code length} bytes are JSON and the others binary tensors. */
  static InferRequest read(byte[] body, int length) {
    ByteBuffer tail = ByteBuffer.wrap(body, length, body.length - length);
    try (JsonParser in = FACTORY.createParser(body, 0, length)) {
      InferJson json = new InferJson(in, tail);
      json.readRequest();
      if (in.nextToken() != null) {
        throw expected("nothing after the JSON object");
      }
      if (tail.hasRemaining()) {
        throw HttpFailure.badRequest(
            "The binary data of all inputs must fill the body, but "
                + tail.remaining()
                + " bytes are left over.");
      }
      boolean binary = Boolean.TRUE.equals(json.parameters.get("binary_data_output"));
      return new InferRequest(json.id, json.parameters, json.inputs, json.outputs, binary);
    } catch (IOException e) {
      throw HttpFailure.badRequest(
          "A JSON object of the Open Inference Protocol was expected, but the body is none ("
              + Text.shortened(String.valueOf(e.getMessage()).lines().findFirst().orElse(""))
              + ").");
    }
  }

  static HttpFailure expected(String what) {
    return HttpFailure.badRequest(
        "A request of the Open Inference Protocol was expected, but it lacks " + what + ".");
  }

  private void readRequest() throws IOException {
    if (in.nextToken() != JsonToken.START_OBJECT) {
      throw expected("the JSON object around it");
    }
    boolean hasInputs = false;
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String field = in.currentName();
      in.nextToken();
      switch (field) {
        case "id" -> id = text("id");
        case "parameters" -> parameters = parameters();
        case "inputs" -> {
          hasInputs = true;
          array("inputs", this::readInput);
        }
        case "outputs" -> array("outputs", this::readOutput);
        default -> in.skipChildren();
      }
    }
    if (!hasInputs) {
      throw expected("'inputs'");
    }
  }

  private interface Element {
    void read() throws IOException;
  }

  private void array(String name, Element element) throws IOException {
    if (!in.isExpectedStartArrayToken()) {
      throw expected("an array of '" + name + "'");
    }
    while (in.nextToken() != JsonToken.END_ARRAY) {
      element.read();
    }
  }

  private String text(String name) throws IOException {
    if (in.currentToken() != JsonToken.VALUE_STRING) {
      throw expected("a text for '" + name + "'");
    }
    return in.getText();
  }

  private Map<String, Object> parameters() throws IOException {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      throw expected("an object of 'parameters'");
    }
    Map<String, Object> values = new HashMap<>();
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      switch (in.nextToken()) {
        case VALUE_STRING -> values.put(name, in.getText());
        case VALUE_TRUE -> values.put(name, true);
        case VALUE_FALSE -> values.put(name, false);
        case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> values.put(name, in.getDoubleValue());
        case VALUE_NULL -> {}
        case START_ARRAY -> values.put(name, joined(name));
        default -> throw expected("a text, number, boolean or array as parameter");
      }
    }
    return values;
  }

  /** An array of numbers as the command line has it, such as {@code 0,2}. */
  private String joined(String parameter) throws IOException {
    StringJoiner parts = new StringJoiner(",");
    while (in.nextToken() != JsonToken.END_ARRAY) {
      if (!in.currentToken().isScalarValue()) {
        throw expected("a flat array as parameter '" + Text.shortened(parameter) + "'");
      }
      parts.add(in.getText());
    }
    return parts.toString();
  }

  private void readOutput() throws IOException {
    requireObject("outputs");
    if (outputs.size() == MAX_TENSORS) {
      throw expected("an end after " + MAX_TENSORS + " outputs");
    }
    String name = null;
    Boolean binary = null;
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String field = in.currentName();
      in.nextToken();
      switch (field) {
        case "name" -> name = text("name");
        case "parameters" -> {
          Object value = parameters().get("binary_data");
          binary = value instanceof Boolean flag ? flag : null;
        }
        default -> in.skipChildren();
      }
    }
    if (name == null) {
      throw expected("the 'name' of an output");
    }
    outputs.put(name, binary);
  }

  private void requireObject(String name) {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      throw expected("objects in '" + name + "'");
    }
  }

  private void readInput() throws IOException {
    requireObject("inputs");
    if (inputs.size() == MAX_TENSORS) {
      throw expected("an end after " + MAX_TENSORS + " inputs");
    }
    String name = null;
    String type = null;
    long[] shape = null;
    Map<String, Object> own = Map.of();
    JsonData values = null;
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String field = in.currentName();
      in.nextToken();
      switch (field) {
        case "name" -> name = text("name");
        case "datatype" -> type = text("datatype");
        case "shape" -> shape = shape();
        case "parameters" -> own = parameters();
        case "data" -> values = JsonData.read(in);
        default -> in.skipChildren();
      }
    }
    if (name == null || type == null || shape == null) {
      throw expected("'name', 'shape' or 'datatype' of an input");
    }
    for (InputTensor other : inputs) {
      if (other.name().equals(name)) {
        throw HttpFailure.badRequest(
            "Each input must come once, but '" + Text.shortened(name) + "' came twice.");
      }
    }
    ByteBuffer raw = raw(name, own, values != null);
    if (raw == null && values == null) {
      throw expected("'data' or '" + BINARY_SIZE + "' of input '" + Text.shortened(name) + "'");
    }
    inputs.add(
        new InputTensor(
            name,
            DataType.of(type),
            shape,
            raw,
            values == null ? null : values.numbers(),
            values == null ? null : values.texts(),
            "base64".equals(own.get("content_type"))));
  }

  private long[] shape() throws IOException {
    long[] sides = new long[MAX_DIMENSIONS];
    int[] count = {0};
    array(
        "shape",
        () -> {
          if (in.currentToken() != JsonToken.VALUE_NUMBER_INT || count[0] == MAX_DIMENSIONS) {
            throw expected("a shape of at most " + MAX_DIMENSIONS + " whole numbers");
          }
          sides[count[0]++] = in.getLongValue();
        });
    return Arrays.copyOf(sides, count[0]);
  }

  /** The bytes of an input behind the JSON text, or null if it has none there. */
  private ByteBuffer raw(String name, Map<String, Object> own, boolean hasData) {
    Object size = own.get(BINARY_SIZE);
    if (size == null) {
      return null;
    }
    if (hasData) {
      throw HttpFailure.badRequest(
          "An input must have 'data' or '"
              + BINARY_SIZE
              + "', but '"
              + Text.shortened(name)
              + "' has both.");
    }
    double bytes = size instanceof Double number ? number : -1;
    if (bytes != Math.rint(bytes) || bytes < 0 || bytes > tail.remaining()) {
      throw HttpFailure.badRequest(
          BINARY_SIZE
              + " of input '"
              + Text.shortened(name)
              + "' must be at most the "
              + tail.remaining()
              + " bytes that follow, but was "
              + (size instanceof Double ? (Object) (long) bytes : "no number")
              + ".");
    }
    ByteBuffer part = tail.slice(tail.position(), (int) bytes);
    tail.position(tail.position() + (int) bytes);
    return part;
  }
}
