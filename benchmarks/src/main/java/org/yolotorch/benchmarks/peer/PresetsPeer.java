// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.peer;

import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.JitModule;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** LibTorch through the JavaCPP presets, as their samples call it. */
final class PresetsPeer implements Peer {
  private final JitModule module;
  private final InferenceMode inference;
  private final IValueVector inputs;
  private final FloatPointer pixels;
  private final Tensor input;
  private IValue output;

  PresetsPeer(Job job) throws Exception {
    String file = job.torchScript().toString();
    torch.set_num_threads(job.threads());
    inference = new InferenceMode();
    module = torch.load(file);
    module.eval();
    pixels = new FloatPointer(Inputs.tensor(job));
    input = torch.from_blob(pixels, job.batch(), 3, Inputs.SIDE, Inputs.SIDE);
    inputs = new IValueVector(new IValue(input));
  }

  @Override
  public void run() {
    IValue before = output;
    output = module.forward(inputs);
    if (before != null) {
      before.close();
    }
  }

  @Override
  public List<List<Found>> found() {
    try (PointerScope scope = new PointerScope()) {
      boolean several = output.isTuple();
      Tensor boxes =
          (several ? output.toTuple().elements().get(0).toTensor() : output.toTensor())
              .contiguous();
      long[] shape = {boxes.size(0), boxes.size(1), boxes.size(2)};
      return RawOutput.decode(
          new FloatPointer(boxes.data_ptr_float()).capacity(boxes.numel()).asBuffer(),
          shape,
          several ? 32 : 0);
    }
  }

  @Override
  public void close() {
    output.close();
    inputs.close();
    input.close();
    pixels.close();
    module.close();
    inference.close();
  }
}
