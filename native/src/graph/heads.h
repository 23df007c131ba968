// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/ATen.h>
#include <torch/nn/module.h>

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "graph/blocks.h"

namespace yolotorch::graph {

/// Height and width of a feature map, in cells.
using MapSize = std::pair<std::int64_t, std::int64_t>;

/// What ends a network: several feature maps in, the task's tensors out.
class Head : public torch::nn::Module {
 public:
  virtual std::vector<Tensor> Forward(const std::vector<Tensor>& maps) = 0;

  /// Fixes the head to feature maps of these sizes, finest first. Needed
  /// before Forward(); may be called again.
  virtual void FixSize(const std::vector<MapSize>& sizes) = 0;

  /// Sets the biases that training starts from.
  virtual void InitializeBias() = 0;
};

/// Boxes and class scores: (B, 4 + classes, A) with rows cx, cy, w, h in
/// input pixels, then probabilities. Anchors A run over strides 8, 16, 32, in
/// each row by row.
class Detect : public Head {
 public:
  /// `inputs`: channels of the feature maps, finest first. `legacy`: the
  /// class branch of YOLOv8 (full instead of depthwise convolutions).
  Detect(int classes, const std::vector<std::int64_t>& inputs, bool legacy);

  std::vector<Tensor> Forward(const std::vector<Tensor>& maps) override;
  void FixSize(const std::vector<MapSize>& sizes) override;
  void InitializeBias() override;

 private:
  [[nodiscard]] Tensor DecodeBoxes(const Tensor& logits) const;

  int classes_;
  std::vector<std::shared_ptr<Chain>> box_branches_;
  std::vector<std::shared_ptr<Chain>> class_branches_;
  std::vector<std::shared_ptr<Projection>> box_outputs_;
  std::vector<std::shared_ptr<Projection>> class_outputs_;
  Tensor bins_;     // (1, 16, 1, 1): 0 .. 15
  Tensor anchors_;  // (2, A): cell centres, in cells
  Tensor strides_;  // (1, A)
};

}  // namespace yolotorch::graph
