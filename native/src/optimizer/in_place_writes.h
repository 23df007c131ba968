// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <torch/csrc/jit/ir/ir.h>

#include <vector>

namespace yolotorch::optimizer {

/// The nodes of a graph that change tensors in place, except fused operators.
class InPlaceWrites {
 public:
  explicit InPlaceWrites(torch::jit::Graph* graph);

  /// Whether one of them may run between `first` and `last`, so that reads must
  /// not be moved across it.
  [[nodiscard]] bool AnyBetween(const torch::jit::Node* first,
                                const torch::jit::Node* last) const;

 private:
  std::vector<const torch::jit::Node*> nodes_;
};

/// Whether the graph changes tensors in place that fused operators may have
/// written, or that are not of one run alone: constants, attributes, inputs.
bool WritesSharedTensors(torch::jit::Graph* graph);

}  // namespace yolotorch::optimizer
