// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/ATen.h>

#include <memory>
#include <vector>

#include "graph/network.h"

namespace yolotorch::train {

/// Gives normalisations that were folded, and lost their statistics, those of
/// real pictures, so that training begins with the network that the checkpoint
/// holds. What the network predicts does not change.
class Calibration {
 public:
  explicit Calibration(std::shared_ptr<graph::Network> network);

  /// Normalisations that lack their statistics; mostly none.
  [[nodiscard]] std::size_t size() const { return folded_.size(); }

  /// Measures on a batch (B, channels, H, W).
  void Observe(const at::Tensor& images);

  /// Takes what was measured.
  void Apply();

 private:
  std::shared_ptr<graph::Network> network_;
  std::vector<graph::Conv*> folded_;
};

}  // namespace yolotorch::train
