// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <torch/csrc/jit/api/module.h>

#include <cstdint>

#include "graph/network.h"

namespace yolotorch::exporter {

/// Turns a network into TorchScript: weights become attributes under their
/// state-dict names, one run on zeros of (batch, channels, height, width)
/// becomes `forward`. The network is fused and fixed to that size. The trace
/// holds for any batch and pins no device: anchors are buffers.
torch::jit::Module Trace(graph::Network& network, std::int64_t batch,
                         std::int64_t height, std::int64_t width);

}  // namespace yolotorch::exporter
