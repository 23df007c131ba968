// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.peer;

import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoopTranslator;
import java.nio.file.Path;
import java.util.List;

/** DJL with its PyTorch engine, tensors in and out. */
final class DjlPeer implements Peer {
  private final NDManager manager;
  private final Model model;
  private final Predictor<NDList, NDList> predictor;
  private final NDList input;
  private NDList output;

  DjlPeer(Job job) throws Exception {
    settings(job);
    manager = NDManager.newBaseManager("PyTorch");
    Path file = job.torchScript();
    model = Model.newInstance(job.model(), "PyTorch");
    model.load(file.getParent(), file.getFileName().toString());
    predictor = model.newPredictor(new NoopTranslator());
    input =
        new NDList(
            manager.create(
                Inputs.tensor(job),
                new Shape(job.batch(), 3, Inputs.SIDE, Inputs.SIDE),
                DataType.FLOAT32));
  }

  /** Without these DJL asks the network for its libraries, and takes every core. */
  static void settings(Job job) {
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(job.threads()));
    System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
  }

  @Override
  public void run() throws Exception {
    if (output != null) {
      output.close();
    }
    output = predictor.predict(input);
  }

  @Override
  public List<List<Found>> found() {
    NDArray boxes = output.get(0);
    return RawOutput.decode(
        boxes.toByteBuffer().asFloatBuffer(),
        boxes.getShape().getShape(),
        output.size() > 1 ? 32 : 0);
  }

  @Override
  public void close() {
    predictor.close();
    model.close();
    manager.close();
  }
}
