// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <torch/csrc/jit/api/module.h>

#include <cstdint>

#include "graph/network.h"

namespace yolotorch::exporter {

/// The part of a network to trace, and the size of the input.
struct TraceOptions {
  std::int64_t batch = 1;
  std::int64_t height = 640;  ///< of the picture, a multiple of the stride
  std::int64_t width = 640;
  bool dynamic = false;  ///< anchors computed in the graph, for any size
  int first = 0;         ///< layers to trace; the rest is left out
  int last = -1;         ///< -1: all, with the head
};

/// Turns a network into TorchScript: weights become attributes under their
/// state-dict names, one run on zeros becomes the method `network(x)`. The
/// network is fused and, unless `dynamic`, fixed to the size. The trace takes
/// any batch size and names no device: anchors are buffers or computed from the
/// feature maps.
torch::jit::Module Trace(graph::Network& network, const TraceOptions& options);

/// Stores weights in half precision and casts each to the input's type where it
/// is used, so that float32 input works on a CPU and float16 input on a GPU.
/// Anchors stay in float32. `module`: as Trace() gives it.
void StoreHalf(torch::jit::Module* module);

}  // namespace yolotorch::exporter
