// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <torch/csrc/jit/ir/ir.h>

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>

namespace yolotorch::optimizer {

/// The numbers of channels of a graph's tensors that do not depend on the run.
class ChannelCounts {
 public:
  explicit ChannelCounts(torch::jit::Graph* graph);

  [[nodiscard]] std::optional<std::int64_t> Of(
      const torch::jit::Value* value) const;

 private:
  // REQUIRES: what `value` is made of was counted.
  [[nodiscard]] std::optional<std::int64_t> Count(
      const torch::jit::Value* value) const;
  // The channels of part `index` of `count`.
  [[nodiscard]] std::optional<std::int64_t> Part(const torch::jit::Node* split,
                                                 std::size_t index,
                                                 std::size_t count) const;

  std::map<const torch::jit::Value*, std::int64_t> known_;
};

}  // namespace yolotorch::optimizer
