// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <torch/nn/module.h>

namespace yolotorch::train {

/// Of the tensors of a network's state how many were taken from another.
struct Transferred {
  int taken = 0;
  int all = 0;
};

/// Copies every tensor of `from` whose name and shape are those of one of `to`.
/// Of a first convolution that takes another number of channels, those that
/// both have.
Transferred Transfer(const torch::nn::Module& from, torch::nn::Module* to);

}  // namespace yolotorch::train
