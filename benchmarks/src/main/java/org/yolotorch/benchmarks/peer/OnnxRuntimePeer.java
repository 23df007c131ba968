// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.peer;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * ONNX Runtime's own Java API at its best: every graph optimisation, the input and the outputs in
 * direct memory that is used again and again.
 */
final class OnnxRuntimePeer implements Peer {
  private final OrtSession session;
  private final Map<String, OnnxTensor> inputs;
  private final Map<String, OnnxTensor> outputs = new LinkedHashMap<>();
  private FloatBuffer boxes;
  private long[] shape;

  OnnxRuntimePeer(Job job) throws Exception {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
      options.setIntraOpNumThreads(job.threads());
      session = environment.createSession(job.onnx().toString(), options);
    }
    FloatBuffer input = Inputs.tensor(job);
    String name = session.getInputNames().iterator().next();
    inputs =
        Map.of(
            name,
            OnnxTensor.createTensor(
                environment, input, new long[] {job.batch(), 3, Inputs.SIDE, Inputs.SIDE}));
    // One run tells the shapes, which the file may leave open.
    try (OrtSession.Result first = session.run(inputs)) {
      for (Map.Entry<String, ai.onnxruntime.OnnxValue> output : first) {
        long[] dimensions = ((TensorInfo) output.getValue().getInfo()).getShape();
        FloatBuffer memory = direct(dimensions);
        outputs.put(output.getKey(), OnnxTensor.createTensor(environment, memory, dimensions));
        if (boxes == null) {
          boxes = memory;
          shape = dimensions;
        }
      }
    }
  }

  private static FloatBuffer direct(long[] shape) {
    long size = Float.BYTES;
    for (long side : shape) {
      size *= side;
    }
    return ByteBuffer.allocateDirect(Math.toIntExact(size))
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  @Override
  public void run() throws OrtException {
    session.run(inputs, outputs).close();
  }

  @Override
  public List<List<Found>> found() {
    return RawOutput.decode(boxes, shape, outputs.size() > 1 ? 32 : 0);
  }

  @Override
  public void close() throws OrtException {
    inputs.values().forEach(OnnxTensor::close);
    outputs.values().forEach(OnnxTensor::close);
    session.close();
  }
}
