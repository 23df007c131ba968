// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "graph/blocks.h"
#include "graph/saved_module.h"

namespace yolotorch::graph {

/// The block that a saved module is. Throws Error kUnsupportedModel naming the
/// module and its class when that is not built in.
std::shared_ptr<Block> BuildBlock(const SavedModule& saved);

/// The kinds of blocks that BuildBlock knows, for messages and documents.
std::string BuiltInBlocks();

/// Weight, bias (undefined without one) and steps of a saved Conv2d.
struct SavedConvolution {
  explicit SavedConvolution(const SavedModule& saved);

  Tensor weight;
  Tensor bias;
  Steps steps;
};

/// Channels that a saved Conv2d gives.
std::int64_t OutputChannels(const SavedModule& convolution);

}  // namespace yolotorch::graph
