// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <torch/csrc/jit/ir/ir.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace yolotorch::optimizer {

/// All nodes, those within others too; a list of its own, so that they may be
/// replaced on the way.
std::vector<torch::jit::Node*> NodesOf(torch::jit::Graph* graph);

/// Whether `node` is of that kind, such as "aten::cat".
bool Is(const torch::jit::Node* node, std::string_view kind);

bool IsTensor(const torch::jit::Value* value);

/// What takes a tensor apart along its channels.
bool IsSplit(const torch::jit::Node* node);

/// A constant that is a whole number.
std::optional<std::int64_t> WholeNumber(const torch::jit::Value* value);

/// A list of `count` constants that are whole numbers; one stands for all.
std::optional<std::vector<std::int64_t>> WholeNumbers(
    const torch::jit::Value* value, std::size_t count);

/// Whether there are numbers, from `least` on, that sides, strides and the like
/// may have: none is larger than 65,536 in any network.
bool AreWithin(const std::optional<std::vector<std::int64_t>>& numbers,
               std::int64_t least);

}  // namespace yolotorch::optimizer
