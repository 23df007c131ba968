// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.peer;

import static org.bytedeco.opencv.global.opencv_core.CV_32F;

import java.nio.FloatBuffer;
import java.util.List;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_dnn;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_dnn.Net;

/** OpenCV's DNN module with its own CPU backend, through the JavaCPP presets. */
final class OpenCvPeer implements Peer {
  private final Net net;
  private final Mat input;
  private final long[] shape;
  private Mat output;

  OpenCvPeer(Job job) throws Exception {
    if (job.model().contains("-")) {
      throw new Unavailable("the OpenCV peer reads detection networks only");
    }
    String file = job.onnx().toString();
    opencv_core.setNumThreads(job.threads());
    net = opencv_dnn.readNetFromONNX(file);
    net.setPreferableBackend(opencv_dnn.DNN_BACKEND_OPENCV);
    net.setPreferableTarget(opencv_dnn.DNN_TARGET_CPU);
    input = new Mat(new int[] {job.batch(), 3, Inputs.SIDE, Inputs.SIDE}, CV_32F);
    FloatBuffer pixels = input.createBuffer();
    pixels.put(Inputs.tensor(job));
    run();
    shape = new long[] {output.size(0), output.size(1), output.size(2)};
  }

  @Override
  public void run() {
    net.setInput(input);
    Mat before = output;
    output = net.forward();
    if (before != null) {
      before.close();
    }
  }

  @Override
  public List<List<Found>> found() {
    return RawOutput.decode(output.createBuffer(), shape, 0);
  }

  @Override
  public void close() {
    output.close();
    input.close();
    net.close();
  }
}
