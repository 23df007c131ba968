// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <torch/nn/module.h>

#include <cstdint>
#include <utility>
#include <vector>

namespace yolotorch::train {

/// An exponential moving average of a module's state, parameters and running
/// statistics alike: after u updates the old average keeps the weight 0.9999 *
/// (1 - e^(-u / 2000)). Whole numbers, as counters of batches, stay as they
/// are.
class MovingAverage {
 public:
  /// `average` is of the same structure as `module`, whose state it takes.
  MovingAverage(const torch::nn::Module& module, torch::nn::Module* average);

  void Update();
  [[nodiscard]] std::int64_t updates() const { return updates_; }
  void set_updates(std::int64_t updates) { updates_ = updates; }

 private:
  std::vector<std::pair<at::Tensor, at::Tensor>> pairs_;  // module's, average's
  std::int64_t updates_ = 0;
};

/// Parameters and buffers by their state-dict names, parameters first.
std::vector<std::pair<std::string, at::Tensor>> StateOf(
    const torch::nn::Module& module);

}  // namespace yolotorch::train
