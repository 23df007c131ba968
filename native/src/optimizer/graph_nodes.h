// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <torch/csrc/jit/ir/ir.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace yolotorch::optimizer {

/// All nodes, nested ones too. A copy of the list, so that nodes may be
/// replaced while iterating.
std::vector<torch::jit::Node*> NodesOf(torch::jit::Graph* graph);

/// Whether `node` is of that kind, such as "aten::cat".
bool Is(const torch::jit::Node* node, std::string_view kind);

bool IsTensor(const torch::jit::Value* value);

/// Whether `node` splits a tensor along its channels.
bool IsSplit(const torch::jit::Node* node);

/// The value of a constant integer.
std::optional<std::int64_t> WholeNumber(const torch::jit::Value* value);

/// A list of `count` constant integers; a single one is repeated.
std::optional<std::vector<std::int64_t>> WholeNumbers(
    const torch::jit::Value* value, std::size_t count);

/// Whether all numbers are plausible sizes or strides: in [least, 65536].
bool AreWithin(const std::optional<std::vector<std::int64_t>>& numbers,
               std::int64_t least);

}  // namespace yolotorch::optimizer
