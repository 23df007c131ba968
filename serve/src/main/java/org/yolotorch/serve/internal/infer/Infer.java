// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.serve.internal.infer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.yolotorch.Image;
import org.yolotorch.PixelFormat;
import org.yolotorch.PredictOptions;
import org.yolotorch.RawTensor;
import org.yolotorch.Result;
import org.yolotorch.serve.internal.http.Call;
import org.yolotorch.serve.internal.http.HttpFailure;
import org.yolotorch.serve.internal.http.Reply;

/** Inference requests of the Open Inference Protocol. Thread-safe. */
public final class Infer {
  /** Most pictures of a request. */
  static final int MAX_PICTURES = 256;

  private static final int CHANNELS = 3;

  private final Inference inference;

  public Infer(Inference inference) {
    this.inference = inference;
  }

  /** Answers a request in JSON, with or without binary tensors. */
  public Reply answer(Call call) throws IOException {
    // The model first: without it nobody asks what is wrong with the body.
    return inference.with(
        call.name("model"), call.name("version"), call.deadline(), use -> answer(call, use));
  }

  private static Reply answer(Call call, Inference.Use use) throws IOException {
    InferRequest request = InferRequest.read(call);
    // Triton's, in microseconds.
    double micros = Parameters.number(request.parameters(), "timeout", 0);
    if (!(micros >= 0)) {
      throw HttpFailure.badRequest(
          "timeout must be microseconds from 0 on, but was " + micros + "; leave it out.");
    }
    Inference.Use limited = micros > 0 ? use.within(Duration.ofNanos((long) (micros * 1e3))) : use;
    return InferAnswer.of(
        request, use.served().name(), use.served().version(), outputs(request, limited));
  }

  private static List<OutputTensor> outputs(InferRequest request, Inference.Use use)
      throws IOException {
    InputTensor pictures = request.input(ModelTensors.IMAGE);
    InputTensor network = request.input(ModelTensors.IMAGES);
    if (request.inputs().size() != 1 || (pictures == null) == (network == null)) {
      throw HttpFailure.badRequest(
          "One input was expected, 'image' (BYTES or UINT8) or 'images' (FP32), but "
              + (request.inputs().isEmpty() ? "none" : "another, or more than one,")
              + " came.");
    }
    if (network != null) {
      return raw(network, use);
    }
    PredictOptions.Builder options = Parameters.read(request.parameters());
    List<Result> results =
        switch (pictures.type()) {
          case BYTES -> use.encoded(encoded(pictures), options);
          case UINT8 -> use.pixels(pixels(pictures), options);
          default -> throw wrongType(pictures, "BYTES or UINT8");
        };
    return ResultTensors.of(results, use.model().info());
  }

  private static List<byte[]> encoded(InputTensor input) {
    long[] shape = input.shape();
    // A batch of single elements is written (N) or (N, 1).
    if (shape.length == 0 || shape.length > 2 || shape.length == 2 && shape[1] != 1) {
      throw wrongShape(input, "(pictures) or (pictures, 1)");
    }
    checkCount(shape[0]);
    return input.byteElements();
  }

  private static void checkCount(long pictures) {
    if (pictures < 1 || pictures > MAX_PICTURES) {
      throw HttpFailure.badRequest(
          "A request must have 1 to " + MAX_PICTURES + " pictures, but has " + pictures + ".");
    }
  }

  private static List<Image> pixels(InputTensor input) {
    long[] shape = input.shape();
    int last = shape.length - 1;
    if (last != 2 && last != 3 || shape[last] != CHANNELS) {
      throw wrongShape(input, "(pictures, height, width, 3)");
    }
    long count = last == 3 ? shape[0] : 1;
    checkCount(count);
    if (shape[last - 1] < 1 || shape[last - 2] < 1) {
      throw wrongShape(input, "(pictures, height, width, 3) with sides of 1 and more");
    }
    ByteBuffer all = input.unsignedBytes();
    int height = (int) shape[last - 2];
    int width = (int) shape[last - 1];
    int bytes = height * width * CHANNELS;
    List<Image> images = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      images.add(Image.of(all.slice(i * bytes, bytes), width, height, PixelFormat.RGB));
    }
    return images;
  }

  private static List<OutputTensor> raw(InputTensor input, Inference.Use use) {
    if (input.type() != DataType.FP32) {
      throw wrongType(input, "FP32");
    }
    if (input.shape().length == 0 || input.shape()[0] < 1) {
      throw wrongShape(input, "(pictures, channels, height, width)");
    }
    float[] values = input.floats();
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw wrong(input, "hold finite numbers", "holds " + value);
      }
    }
    List<OutputTensor> outputs = new ArrayList<>();
    for (RawTensor tensor : use.raw(RawTensor.of(values, input.shape()))) {
      outputs.add(
          OutputTensor.of(ModelTensors.OUTPUT + outputs.size(), tensor.values(), tensor.shape()));
    }
    return outputs;
  }

  private static HttpFailure wrongType(InputTensor input, String expected) {
    return wrong(input, "be of type " + expected, "is " + input.type());
  }

  private static HttpFailure wrongShape(InputTensor input, String expected) {
    return wrong(input, "have the shape " + expected, "has " + Arrays.toString(input.shape()));
  }

  private static HttpFailure wrong(InputTensor input, String must, String but) {
    return HttpFailure.badRequest(
        "Input '" + input.name() + "' must " + must + ", but " + but + ".");
  }
}
