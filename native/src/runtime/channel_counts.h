// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <torch/csrc/jit/ir/ir.h>

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>

namespace yolotorch::runtime {

/// The channels of tensors, as far as they do not depend on the run.
class ChannelCounts {
 public:
  std::optional<std::int64_t> Of(const torch::jit::Value* value);

 private:
  std::optional<std::int64_t> Count(const torch::jit::Value* value);
  // The channels of part `index` of `count`.
  std::optional<std::int64_t> Part(const torch::jit::Node* split,
                                   std::size_t index, std::size_t count);

  std::map<const torch::jit::Value*, std::optional<std::int64_t>> known_;
};

}  // namespace yolotorch::runtime
