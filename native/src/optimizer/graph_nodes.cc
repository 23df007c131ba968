// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "optimizer/graph_nodes.h"

#include <torch/csrc/jit/ir/constants.h>

#include <algorithm>
#include <cmath>

namespace yolotorch::optimizer {
namespace {

using torch::jit::Block;
using torch::jit::Graph;
using torch::jit::Node;
using torch::jit::Value;

// Larger integers are not all exact in double.
constexpr double kMaxExactInteger = 1LL << 53;
constexpr std::int64_t kMaxPixels = 1 << 16;

void CollectNodes(Block* block, std::vector<Node*>* nodes) {
  for (Node* node : block->nodes()) {
    nodes->push_back(node);
    for (Block* inner : node->blocks()) CollectNodes(inner, nodes);
  }
}

// A list of constants; nullopt for an empty list and None.
std::optional<std::vector<double>> Numbers(const Value* value) {
  std::vector<double> numbers;
  const auto add = [&](const c10::IValue& number) {
    if (!number.isScalar()) return false;
    numbers.push_back(number.toScalar().toDouble());
    return true;
  };
  if (const auto constant = torch::jit::toIValue(value)) {
    if (!constant->isList()) return std::nullopt;
    for (const c10::IValue& number : constant->toListRef()) {
      if (!add(number)) return std::nullopt;
    }
  } else if (value->node()->kind() == c10::prim::ListConstruct) {
    for (const Value* element : value->node()->inputs()) {
      const auto number = torch::jit::toIValue(element);
      if (!number || !add(*number)) return std::nullopt;
    }
  }
  if (numbers.empty()) return std::nullopt;
  return numbers;
}

}  // namespace

std::vector<Node*> NodesOf(Graph* graph) {
  std::vector<Node*> nodes;
  CollectNodes(graph->block(), &nodes);
  return nodes;
}

bool Is(const Node* node, std::string_view kind) {
  return node->kind().toQualString() == kind;
}

bool IsTensor(const Value* value) {
  return value->type()->isSubtypeOf(*c10::TensorType::get());
}

bool IsSplit(const Node* node) {
  if (Is(node, "aten::chunk")) return WholeNumber(node->input(2)) == 1;
  return (Is(node, "aten::split_with_sizes") || Is(node, "aten::split")) &&
         WholeNumber(node->input(2)) == 1;
}

std::optional<std::int64_t> WholeNumber(const Value* value) {
  const auto constant = torch::jit::toIValue(value);
  if (!constant || !constant->isInt()) return std::nullopt;
  return constant->toInt();
}

std::optional<std::vector<std::int64_t>> WholeNumbers(const Value* value,
                                                      std::size_t count) {
  const auto numbers = Numbers(value);
  if (!numbers) return std::nullopt;
  std::vector<std::int64_t> whole;
  for (const double number : *numbers) {
    if (!(std::abs(number) <= kMaxExactInteger)) return std::nullopt;
    whole.push_back(static_cast<std::int64_t>(number));
    if (static_cast<double>(whole.back()) != number) return std::nullopt;
  }
  if (whole.size() == 1) whole.resize(count, whole[0]);
  if (whole.size() != count) return std::nullopt;
  return whole;
}

bool AreWithin(const std::optional<std::vector<std::int64_t>>& numbers,
               std::int64_t least) {
  return numbers && std::all_of(numbers->begin(), numbers->end(),
                                [&](std::int64_t number) {
                                  return number >= least &&
                                         number <= kMaxPixels;
                                });
}

}  // namespace yolotorch::optimizer
